package io.sessiontracker.memory;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;

/**
 * One stored session, running or finished.
 *
 * @param session what is answered of it
 * @param writtenBy the start or the update that stored the data
 * @param deadline when it is due
 */
record Entry(StoredSession session, OperationToken writtenBy, Deadline deadline) {

    SessionVersion version() {
        return session.version();
    }

    String id() {
        return version().id();
    }

    Entry touched(long now) {
        return due(deadline.touched(now));
    }

    Entry due(Deadline replacement) {
        return new Entry(session, writtenBy, replacement);
    }

    Entry written(SessionVersion version, SessionData data, OperationToken token) {
        return new Entry(new StoredSession(version, session.startedAt(), data), token, deadline);
    }

    /** Whether it is what that update of {@code expected} stores, by the same or an earlier attempt. */
    boolean isUpdateOf(SessionVersion expected, OperationToken token) {
        return version().equals(expected.next()) && token.repeats(writtenBy);
    }

    /** Whether a later attempt of the same operation stored it. */
    boolean isLaterThan(OperationToken token) {
        return writtenBy.repeats(token) && !writtenBy.equals(token);
    }

    /** What its start answered. */
    StoreReply started() {
        return new StoreReply.Started(new SessionVersion(id(), 1), session.startedAt());
    }
}
