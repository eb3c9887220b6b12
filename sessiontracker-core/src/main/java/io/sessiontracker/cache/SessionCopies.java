package io.sessiontracker.cache;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this process last saw, up to a total size; the least used ones go first. What a call learned is kept only if no
 * other change was announced since it was sent: its reply may arrive after an announcement that it does not include.
 */
final class SessionCopies {

    /** What an entry of the map and the objects of a session take beside its texts and bytes. */
    private static final int OBJECTS = 500;

    private static final int PROPERTY = 100;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** Keys that share one lose a copy to each other's announcements now and then, nothing else. */
    private static final int STRIPES = 1 << 12;

    private final Cache<SessionAddress, Copy> copies;
    private final AtomicReferenceArray<Announced> announced = new AtomicReferenceArray<>(STRIPES);

    SessionCopies(long maxBytes) {
        this.copies = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(SessionCopies::weight)
                .expireAfterAccess(UNUSED)
                .executor(Runnable::run)
                .build();
        for (int i = 0; i < STRIPES; i++) {
            announced.set(i, Announced.NOTHING);
        }
    }

    /**
     * A session as it was read or written.
     *
     * @param use how long it can be used without asking the store
     */
    record Copy(StoredSession session, Use use) {}

    /**
     * How long a copy can be used without asking the store, as long as no change is announced.
     *
     * @param since when what the store answered was sent
     * @param millis how long from then on
     * @param untouchedMillis how long by a read that is to restart the sliding lifetime
     */
    record Use(Moment since, long millis, long untouchedMillis) {

        /** Not at all. */
        static final Use NEVER = new Use(new Moment(0, 0), 0, 0);

        boolean isOver(boolean touch) {
            return millis == 0 || since.ageMillis() >= (touch ? Math.min(millis, untouchedMillis) : millis);
        }
    }

    /** The last announcement of any of some addresses, and how many there were. */
    private record Announced(
            long count,
            @Nullable SessionAddress address,
            @Nullable SessionVersion version,
            @Nullable OperationToken write) {

        static final Announced NOTHING = new Announced(0, null, null, null);

        boolean isOf(SessionAddress other, StoredSession session) {
            return other.equals(address)
                    && session.version().equals(version)
                    && session.write().equals(write);
        }
    }

    @Nullable
    Copy get(SessionAddress address) {
        return copies.getIfPresent(address);
    }

    /** Returns a number by which {@link #put} knows what was announced since. */
    long ticket(SessionAddress address) {
        return announced.get(stripe(address)).count();
    }

    /**
     * Keeps a copy, unless there is one of a later version of the same start. If another state was announced since the ticket, it is not
     * known which is current, and none is kept.
     *
     * @param ticket taken before the call was sent that brought the copy
     */
    void put(SessionAddress address, long ticket, Copy copy) {
        copies.asMap()
                .compute(
                        address,
                        (key, known) -> isOutdated(address, ticket, copy.session()) ? null : later(known, copy));
    }

    private boolean isOutdated(SessionAddress address, long ticket, StoredSession session) {
        Announced last = announced.get(stripe(address));
        // The announcement of this very state, as of the caller's own write, may be faster than the reply.
        return last.count() != ticket && !(last.count() == ticket + 1 && last.isOf(address, session));
    }

    void remove(SessionAddress address) {
        copies.invalidate(address);
    }

    /** Removes the copy unless it is of that state, and those that are on their way. */
    void changed(SessionAddress address, @Nullable SessionVersion version, @Nullable OperationToken write) {
        Announced last = announced.updateAndGet(
                stripe(address), before -> new Announced(before.count() + 1, address, version, write));
        copies.asMap().computeIfPresent(address, (key, copy) -> last.isOf(address, copy.session()) ? copy : null);
    }

    /** Removes all copies, and those that are on their way. */
    void clear() {
        for (int i = 0; i < STRIPES; i++) {
            announced.updateAndGet(i, before -> new Announced(before.count() + 1, null, null, null));
        }
        copies.invalidateAll();
    }

    private static int stripe(SessionAddress address) {
        int hash = address.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    private static Copy later(@Nullable Copy known, Copy copy) {
        if (known == null) {
            return copy;
        }
        SessionVersion before = known.session().version();
        SessionVersion version = copy.session().version();
        return before.id().equals(version.id()) && before.version() > version.version() ? known : copy;
    }

    private static int weight(SessionAddress address, Copy copy) {
        SessionData data = copy.session().data();
        int properties = data.properties().entrySet().stream()
                .mapToInt(property -> PROPERTY + texts(property))
                .sum();
        return OBJECTS + 2 * address.key().length() + properties + data.payload().length;
    }

    /** Characters take up to two bytes. */
    private static int texts(Map.Entry<String, String> property) {
        return 2 * (property.getKey().length() + property.getValue().length());
    }
}
