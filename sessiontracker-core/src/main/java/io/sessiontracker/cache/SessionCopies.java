package io.sessiontracker.cache;

import java.time.Duration;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** The sessions that this process last saw, up to a total size; the least used ones go first. */
final class SessionCopies {

    /** What an entry of the map and the objects of a session take beside its texts and bytes. */
    private static final int OBJECTS = 400;

    private static final int PROPERTY = 100;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final Cache<SessionAddress, StoredSession> copies;

    SessionCopies(long maxBytes) {
        this.copies = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(SessionCopies::weight)
                .expireAfterAccess(UNUSED)
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    StoredSession get(SessionAddress address) {
        return copies.getIfPresent(address);
    }

    /** Keeps a copy, unless there is one of a later version of the same start: a reply may arrive late. */
    void put(SessionAddress address, StoredSession session) {
        copies.asMap().merge(address, session, SessionCopies::later);
    }

    void remove(SessionAddress address) {
        copies.invalidate(address);
    }

    private static StoredSession later(StoredSession known, StoredSession session) {
        boolean isLate = known.version().id().equals(session.version().id())
                && known.version().version() > session.version().version();
        return isLate ? known : session;
    }

    private static int weight(SessionAddress address, StoredSession session) {
        SessionData data = session.data();
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
