package io.sessiontracker.redis.script;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Moment;
import org.jspecify.annotations.Nullable;

/**
 * When this process last touched sessions. At that moment each was given its sliding lifetime and its tolerance: so for as long as the tolerance it has its whole sliding lifetime left, and a read need
 * not touch it again. A session that was finished, resumed or started again since, or given other lifetimes, is another, as its header tells.
 *
 * <p>Remembers a limited number: two keys that share a place displace each other, which costs a touch, nothing else. Time is
 * counted from before the touch was sent.
 */
final class RecentTouches {

    private static final int PLACES = 1 << 15;

    private final AtomicReferenceArray<@Nullable Touch> touches = new AtomicReferenceArray<>(PLACES);
    private final LongSupplier nanos;
    private final LongSupplier millis;

    RecentTouches() {
        this(System::nanoTime, System::currentTimeMillis);
    }

    /** By other clocks. */
    RecentTouches(LongSupplier nanos, LongSupplier millis) {
        this.nanos = nanos;
        this.millis = millis;
    }

    // Never compared by equals.
    @SuppressWarnings("ArrayRecordComponent")
    private record Touch(SessionAddress address, byte[] life, long tolerance, Moment sent, long deadline) {}

    Moment now() {
        return new Moment(nanos.getAsLong(), millis.getAsLong());
    }

    /** Whether a read may do without a touch, as far as is known without its header. */
    boolean isRecent(SessionAddress address) {
        Touch touch = touches.get(place(address));
        return touch != null && touch.address.equals(address.anyOwners()) && isWithin(touch.tolerance, touch.sent);
    }

    /**
     * Returns the deadline that the session with that value, read a moment ago, was given by a touch within its tolerance; empty if there
     * was none.
     */
    OptionalLong deadline(SessionAddress address, byte[] value) {
        Touch touch = touches.get(place(address));
        return touch != null
                        && touch.address.equals(address.anyOwners())
                        && Arrays.equals(touch.life, StoredFormat.lifeOf(value))
                        && isWithin(touch.tolerance, touch.sent)
                ? OptionalLong.of(touch.deadline)
                : OptionalLong.empty();
    }

    /** Remembers that the session with that value was given that deadline by what was sent at that moment or later. */
    void touched(SessionAddress address, byte[] value, Moment sent, long deadline) {
        long tolerance = StoredFormat.sixBytes(value, StoredFormat.TOLERANCE);
        // With retention an expired session's value still exists: a plain read cannot tell it from a live one.
        if (tolerance > 0 && StoredFormat.sixBytes(value, StoredFormat.RETENTION) == 0) {
            touches.set(
                    place(address),
                    new Touch(address.anyOwners(), StoredFormat.lifeOf(value), tolerance, sent, deadline));
        }
    }

    /** Forgets a session that this process changes into another: its fast path would fail. */
    void forget(SessionAddress address) {
        int place = place(address);
        Touch touch = touches.get(place);
        if (touch != null && touch.address.equals(address.anyOwners())) {
            touches.compareAndSet(place, touch, null);
        }
    }

    private boolean isWithin(long tolerance, Moment sent) {
        return sent.ageMillis(now()) < tolerance;
    }

    private static int place(SessionAddress address) {
        int hash = address.anyOwners().hashCode();
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }
}
