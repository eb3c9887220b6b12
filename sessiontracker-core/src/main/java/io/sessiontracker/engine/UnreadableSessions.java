package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds stored sessions that cannot be read, for those who operate an application: queries leave them out. Touches nothing.
 *
 * @param data where sessions are stored
 * @param codec reads them
 */
public record UnreadableSessions(SessionDataProvider data, SessionCodec codec) {

    private static final int READ_AT_ONCE = 100;

    /**
     * Some of the sessions of a type.
     *
     * @param checked how many sessions were read for this page
     * @param sessions those of them that cannot be read
     * @param nextCursor where to go on; null at the end
     */
    public record Page(
            int checked,
            List<Unreadable> sessions,
            @Nullable String nextCursor) {}

    /**
     * A session that cannot be read.
     *
     * @param reason why, without its state
     */
    public record Unreadable(String key, String reason) {}

    /**
     * Reads sessions of a type, in the order of a query, and returns those that cannot be read. Sessions that are not queryable are not found,
     * nor expired ones that await delivery.
     *
     * @param finished whether to read the finished sessions, or the running ones
     * @param count how many sessions to read; positive
     * @param after the cursor of the page before; null to begin
     * @throws IllegalArgumentException if the count is not positive, or the cursor is none of such a page
     * @throws io.sessiontracker.SessionStoreException if the store cannot be reached
     */
    public Page page(Class<? extends Session> type, boolean finished, int count, @Nullable String after) {
        if (count < 1) {
            throw new IllegalArgumentException("The number of sessions to read must be positive; it is " + count);
        }
        String name = SessionInternals.requireTypeName(type);
        String query = "unreadable/" + QueryCursor.query(name, finished, null);
        String position = after == null ? null : QueryCursor.decode(query, after);
        List<Unreadable> unreadable = new ArrayList<>();
        int checked = 0;
        do {
            int limit = Math.min(READ_AT_ONCE, count - checked);
            SessionScan.Reply reply = Futures.join(data.scan(new SessionScan(name, finished, position, limit)));
            reply.unreadable().forEach(item -> unreadable.add(new Unreadable(item.key(), reasonOf(item.cause()))));
            for (SessionScan.Item item : reply.sessions()) {
                String reason = reason(type, new SessionAddress(name, item.key()), item.session());
                if (reason != null) {
                    unreadable.add(new Unreadable(item.key(), reason));
                }
            }
            checked += reply.sessions().size() + reply.unreadable().size();
            position = reply.next();
        } while (position != null && checked < count);
        return new Page(checked, unreadable, position == null ? null : QueryCursor.encode(query, position));
    }

    /** Returns why a stored session cannot be read; null if it can. */
    public @Nullable String reason(Class<? extends Session> type, SessionAddress address, StoredSession stored) {
        try {
            Session unused = codec.decode(address, type, stored.data().payload());
            var unusedProperties = BlindProperties.of(address.type(), Set.of(), codec)
                    .reveal(address, stored.data().properties());
            return null;
        } catch (SessionCodecException unreadable) {
            return reasonOf(unreadable);
        } catch (RuntimeException failed) {
            // Its message could reveal the state.
            return failed.getClass().getSimpleName();
        }
    }

    private static String reasonOf(RuntimeException failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
