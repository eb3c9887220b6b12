package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.OperationToken;

/**
 * What an instance remembers of a write until its outcome is known. If the outcome stays unknown, because the reply was
 * lost, the next try with the same instance says that it is a repetition.
 */
sealed interface UnsettledWrite {

    OperationToken token();

    /** A start: the ids under which it may run, the newest first. */
    record Start(List<String> ids, OperationToken token) implements UnsettledWrite {

        private static final int MAX_IDS = 8;

        static Start begin(Session session) {
            List<String> ids = new ArrayList<>();
            ids.add(SessionIds.next());
            OperationToken token = OperationToken.random();
            if (SessionInternals.unsettled(session) instanceof Start earlier) {
                ids.addAll(earlier.ids());
                token = earlier.token().next();
            } else if (!session.getId().isEmpty()) {
                ids.add(session.getId());
            }
            Start start = new Start(List.copyOf(ids.subList(0, Math.min(ids.size(), MAX_IDS))), token);
            SessionInternals.unsettled(session, start);
            return start;
        }
    }

    /** An update from that version. */
    record Update(long version, OperationToken token) implements UnsettledWrite {

        static Update begin(Session session) {
            OperationToken token = SessionInternals.unsettled(session) instanceof Update earlier
                            && earlier.version() == session.getVersion()
                    ? earlier.token().next()
                    : OperationToken.random();
            Update update = new Update(session.getVersion(), token);
            SessionInternals.unsettled(session, update);
            return update;
        }
    }
}
