package io.sessiontracker.memory;

import java.util.List;

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
 * @param moved whether it was ever finished or resumed
 * @param deadline when it is due
 */
record Entry(StoredSession session, OperationToken writtenBy, boolean moved, Deadline deadline) {

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
        return new Entry(new StoredSession(version, session.startedAt(), data), token, moved, deadline);
    }

    /** Whether it is the very session that a start with these ids is about, and nothing was done with it since. */
    boolean isStartOf(List<String> ids) {
        // Only a start that is sent twice can meet its new id; if that was moved since, others were at it.
        return version().version() == 1 && (id().equals(ids.get(0)) ? !moved : ids.contains(id()));
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
