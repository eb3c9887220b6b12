package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import org.jspecify.annotations.Nullable;

/**
 * The writes of an instance whose outcome is not known yet. If it stays unknown, because the reply was lost, the next attempt with the
 * same instance says that it is a retry. A start and an update are remembered separately, so that the refusal of one does not make the
 * instance forget the other.
 */
record InDoubtWrites(@Nullable Start start, @Nullable Update update) {

    private static final InDoubtWrites NONE = new InDoubtWrites(null, null);

    /** A start: the ids under which it may run, the newest first. */
    record Start(List<String> ids, OperationToken token) {

        private static final int MAX_IDS = 8;

        private static Start first(Session session) {
            List<String> earlier = session.getId().isEmpty() ? List.of() : List.of(session.getId());
            return of(OperationToken.random(), earlier);
        }

        private Start again() {
            return of(token.next(), ids);
        }

        private static Start of(OperationToken token, List<String> earlier) {
            List<String> all = new ArrayList<>();
            all.add(token.newSessionId());
            all.addAll(earlier.subList(0, Math.min(earlier.size(), MAX_IDS - 1)));
            return new Start(List.copyOf(all), token);
        }
    }

    /** An update from that version. */
    record Update(long version, OperationToken token, SessionData data) {

        /**
         * Returns the same attempt while the same data is to be stored: it counts as done even if others wrote since. An attempt that
         * stores other data may replace it, unless another writer did.
         */
        private OperationToken next(SessionData next) {
            return isSame(next) ? token : token.next();
        }

        private boolean isSame(SessionData next) {
            return Arrays.equals(data.payload(), next.payload())
                    && data.properties().equals(next.properties())
                    && data.indexed().equals(next.indexed());
        }
    }

    static Start beginStart(Session session) {
        InDoubtWrites writes = of(session);
        Start start = writes.start == null ? Start.first(session) : writes.start.again();
        SessionInternals.inDoubt(session, new InDoubtWrites(start, writes.update));
        return start;
    }

    static Update beginUpdate(Session session, SessionData data) {
        InDoubtWrites writes = of(session);
        OperationToken token = writes.update != null && writes.update.version == session.getVersion()
                ? writes.update.next(data)
                : OperationToken.random();
        Update update = new Update(session.getVersion(), token, data);
        SessionInternals.inDoubt(session, new InDoubtWrites(writes.start, update));
        return update;
    }

    static void endStart(Session session) {
        SessionInternals.inDoubt(session, new InDoubtWrites(null, of(session).update));
    }

    static void endUpdate(Session session) {
        SessionInternals.inDoubt(session, new InDoubtWrites(of(session).start, null));
    }

    private static InDoubtWrites of(Session session) {
        return SessionInternals.inDoubt(session) instanceof InDoubtWrites writes ? writes : NONE;
    }
}
