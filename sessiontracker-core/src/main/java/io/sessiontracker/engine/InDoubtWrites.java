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
 * What an instance remembers of its writes until their outcome is known. If the outcome stays unknown, because the reply was
 * lost, the next try with the same instance says that it is a repetition. A start and an update are remembered apart, so that
 * the refusal of one does not make the instance forget the other.
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
         * The same attempt as long as the same is to be stored: only that is done if it was stored and others wrote since. One
         * that stores something else may replace it, as long as nobody did.
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
        SessionInternals.unsettled(session, new InDoubtWrites(start, writes.update));
        return start;
    }

    static Update beginUpdate(Session session, SessionData data) {
        InDoubtWrites writes = of(session);
        OperationToken token = writes.update != null && writes.update.version == session.getVersion()
                ? writes.update.next(data)
                : OperationToken.random();
        Update update = new Update(session.getVersion(), token, data);
        SessionInternals.unsettled(session, new InDoubtWrites(writes.start, update));
        return update;
    }

    static void startRefused(Session session) {
        SessionInternals.unsettled(session, new InDoubtWrites(null, of(session).update));
    }

    static void updateSettled(Session session) {
        SessionInternals.unsettled(session, new InDoubtWrites(of(session).start, null));
    }

    private static InDoubtWrites of(Session session) {
        return SessionInternals.unsettled(session) instanceof InDoubtWrites writes ? writes : NONE;
    }
}
