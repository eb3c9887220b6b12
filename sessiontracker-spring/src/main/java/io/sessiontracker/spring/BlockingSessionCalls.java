package io.sessiontracker.spring;

import java.util.function.Supplier;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import org.jspecify.annotations.Nullable;

/** Calls methods whose work is done when they return. */
final class BlockingSessionCalls {

    private final Supplier<SessionTracker> tracker;
    private final HeldSessions.OfThread held;

    BlockingSessionCalls(Supplier<SessionTracker> tracker, HeldSessions.OfThread held) {
        this.tracker = tracker;
        this.held = held;
    }

    <S extends Session> @Nullable Object call(SessionCall<S> call) throws Exception {
        return call.annotation().lock() ? callLocked(call) : callUnlocked(call);
    }

    private <S extends Session> @Nullable Object callLocked(SessionCall<S> call) throws Exception {
        S joined = HeldSessions.find(held.get(), call.type(), call.key());
        if (joined != null) {
            return callHolding(call, joined, held.get());
        }
        if (call.annotation().start()) {
            try (SessionLock lock = call.require(tracker.get().lock(call.type(), call.key()))) {
                return callHolding(call, read(call), lock);
            }
        }
        try (LockedSession<S> locked = call.require(tracker.get().getLocked(call.type(), call.key()))) {
            return callHolding(call, locked.session(), locked.lock());
        }
    }

    private <S extends Session> @Nullable Object callHolding(SessionCall<S> call, S session, SessionLock lock)
            throws Exception {
        return callHolding(
                call, session, new HeldSessions(call.type(), call.key(), session, lock::isAcquired, held.get()));
    }

    private <S extends Session> @Nullable Object callHolding(
            SessionCall<S> call, S session, @Nullable HeldSessions holding) throws Exception {
        Object result = held.during(holding, () -> call.proceed(session));
        var unused = call.require(store(call, session));
        return result;
    }

    private <S extends Session> @Nullable Object callUnlocked(SessionCall<S> call) throws Exception {
        for (int attempt = 1; ; attempt++) {
            S session = read(call);
            Object result = call.proceed(session);
            SessionResult<S> stored = store(call, session);
            if (!call.repeatable(stored, attempt)) {
                var unused = call.require(stored);
                return result;
            }
        }
    }

    private <S extends Session> S read(SessionCall<S> call) {
        return call.require(
                call.annotation().start()
                        ? tracker.get().getOrStart(call.type(), call.key(), call::create)
                        : tracker.get().get(call.type(), call.key()));
    }

    private <S extends Session> SessionResult<S> store(SessionCall<S> call, S session) {
        return call.annotation().store() ? tracker.get().update(session) : new SessionResult.Success<>(session);
    }
}
