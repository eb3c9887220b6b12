package io.sessiontracker.engine;

import java.util.function.BiPredicate;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.SessionData;
import org.jspecify.annotations.Nullable;

/**
 * The writes of an instance whose outcome is not known yet. If it stays unknown, because the reply was lost, the next attempt with the
 * same instance says that it is a retry. A start and an update are remembered separately, so that the refusal of one does not make the
 * instance forget the other.
 */
record InDoubtWrites(@Nullable StartAttempt start, @Nullable UpdateAttempt update) {

    private static final InDoubtWrites NONE = new InDoubtWrites(null, null);

    static StartAttempt beginStart(Session session) {
        InDoubtWrites writes = of(session);
        StartAttempt start = writes.start == null ? StartAttempt.first(session) : writes.start.next();
        SessionInternals.inDoubt(session, new InDoubtWrites(start, writes.update));
        return start;
    }

    static UpdateAttempt beginUpdate(Session session, SessionData data, BiPredicate<SessionData, SessionData> isSame) {
        InDoubtWrites writes = of(session);
        UpdateAttempt update = writes.update != null && writes.update.version() == session.getVersion()
                ? writes.update.next(data, isSame)
                : UpdateAttempt.first(session.getVersion(), data);
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
