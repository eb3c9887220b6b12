package io.sessiontracker.redis.script;

import java.util.OptionalLong;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Decides which reads of running sessions begin with a plain read of the value: where there is nothing to touch, or the session was
 * touched a moment ago, and its data do not outlive it, so that a value that exists has not expired.
 */
record FastPathReads(RecentTouches touches) {

    /** Returns the same call, with a fast path where one usually suffices. */
    ScriptCall<StoreReply> of(
            ScriptCall<StoreReply> get, SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        if (lifetimesHint.retention() > 0) {
            return get;
        }
        if (touch && lifetimesHint.sliding() > 0) {
            return lifetimesHint.tolerance() > 0 ? touchOnceInAWhile(get, address) : get;
        }
        return get.withFastPath(get.keys()[0], value -> own(address, touch ? untouchable(value) : alive(value)));
    }

    /** Forgets a session that this process changes into another. */
    void forget(SessionAddress address) {
        touches.forget(address);
    }

    /** Remembers the touch, and reads on the fast path until the session's tolerance is over. */
    private ScriptCall<StoreReply> touchOnceInAWhile(ScriptCall<StoreReply> get, SessionAddress address) {
        Moment before = touches.now();
        ScriptCall<StoreReply> touching = get.decodedBy(reply -> {
            byte[] value = ScriptReplies.withoutDeadline(reply);
            if (StoredFormat.isHeader(value)) {
                touches.touched(address, value, before, ScriptReplies.deadline(reply));
            }
            return ScriptReplies.decode(reply);
        });
        return touches.isRecent(address)
                ? touching.withFastPath(get.keys()[0], value -> own(address, touched(address, value)))
                : touching;
    }

    private @Nullable StoreReply touched(SessionAddress address, byte[] value) {
        OptionalLong deadline = StoredFormat.isHeader(value) ? touches.deadline(address, value) : OptionalLong.empty();
        return deadline.isPresent() ? alive(value, deadline.getAsLong()) : null;
    }

    /** What a plain read found may be another owner's. */
    private static @Nullable StoreReply own(SessionAddress address, @Nullable StoreReply reply) {
        return reply instanceof StoreReply.Done done
                        && done.session() != null
                        && !address.isOf(done.session().data().properties())
                ? new StoreReply.OtherOwner()
                : reply;
    }

    private static @Nullable StoreReply untouchable(byte[] value) {
        return StoredFormat.isHeader(value) && StoredFormat.sixBytes(value, StoredFormat.SLIDING) == 0
                ? alive(value)
                : null;
    }

    private static @Nullable StoreReply alive(byte[] value) {
        return alive(value, StoredSession.UNKNOWN);
    }

    private static @Nullable StoreReply alive(byte[] value, long deadline) {
        return StoredFormat.isHeader(value) && StoredFormat.sixBytes(value, StoredFormat.RETENTION) == 0
                ? new StoreReply.Done(StoredFormat.decode(value).withExpiresAt(deadline), 0)
                : null;
    }
}
