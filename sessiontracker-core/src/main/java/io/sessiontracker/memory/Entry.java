package io.sessiontracker.memory;

import java.util.List;
import java.util.stream.Stream;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;

/**
 * One stored session, running or finished.
 *
 * @param session what is answered of it
 * @param writtenBy the last starts and updates that stored data, the latest first
 * @param moved whether it was ever finished or resumed
 * @param deadline when it is due
 */
record Entry(StoredSession session, List<OperationToken> writtenBy, boolean moved, Deadline deadline) {

    private static final int MAX_WRITES = 4;

    static Entry started(StoredSession session, OperationToken token, Deadline deadline) {
        return new Entry(session, List.of(token), false, deadline);
    }

    SessionVersion version() {
        return session.version();
    }

    String id() {
        return version().id();
    }

    Entry touched(long now) {
        return due(deadline.touched(now));
    }

    Entry moved(Deadline replacement) {
        return new Entry(session, writtenBy, true, replacement);
    }

    Entry due(Deadline replacement) {
        return new Entry(session, writtenBy, moved, replacement);
    }

    Entry written(SessionVersion version, SessionData data, OperationToken token) {
        Stream<OperationToken> others = writtenBy.stream().skip(isSame(token, writtenBy.get(0)) ? 1 : 0);
        List<OperationToken> writes =
                Stream.concat(Stream.of(token), others).limit(MAX_WRITES).toList();
        return new Entry(new StoredSession(version, session.startedAt(), data), writes, moved, deadline);
    }

    private static boolean isSame(OperationToken token, OperationToken other) {
        return token.operation() == other.operation();
    }

    /** Whether it is the very session that a start with these ids is about, and nothing was done with it since. */
    boolean isStartOf(List<String> ids) {
        // Only a start that is sent twice can meet its new id; if that was moved since, others were at it.
        return version().version() == 1 && (id().equals(ids.get(0)) ? !moved : ids.contains(id()));
    }

    /** Whether it is what that update of {@code expected} stores, by the same or an earlier attempt. */
    boolean isUpdateOf(SessionVersion expected, OperationToken token) {
        return version().equals(expected.next()) && token.repeats(writtenBy.get(0));
    }

    /** The same, or others wrote since: an earlier attempt may have had other data, so by then only this very one was done. */
    boolean hadUpdateOf(SessionVersion expected, OperationToken token) {
        long since = version().version() - expected.next().version();
        return isUpdateOf(expected, token)
                || id().equals(expected.id())
                        && since >= 0
                        && since < writtenBy.size()
                        && writtenBy.get((int) since).equals(token);
    }

    /** Whether a later attempt of the same operation stored it. */
    boolean isLaterThan(OperationToken token) {
        OperationToken latest = writtenBy.get(0);
        return latest.repeats(token) && !latest.equals(token);
    }

    /** What its start answered. */
    StoreReply started() {
        return new StoreReply.Started(new SessionVersion(id(), 1), session.startedAt());
    }
}
