package io.sessiontracker.engine;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessiontracker.LockOptions;
import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.engine.SessionOperations.requireStarted;

/** The blocking face: waits for what the operations answer. */
final class BlockingSessionTracker implements SessionTracker {

    private final SessionOperations operations;
    private final SessionModification modification;
    private final SessionLocks locks;

    BlockingSessionTracker(SessionOperations operations, SessionModification modification, SessionLocks locks) {
        this.operations = operations;
        this.modification = modification;
        this.locks = locks;
    }

    @Override
    public <S extends Session> SessionResult<S> start(S session) {
        return Stages.join(operations.start(session, null));
    }

    @Override
    public <S extends Session> SessionResult<S> start(S session, SessionEntryOptions options) {
        Objects.requireNonNull(options, "The options must not be null; start(session) takes the type's settings");
        return Stages.join(operations.start(session, options));
    }

    @Override
    public <S extends Session> SessionResult<S> getOrStart(Class<S> type, String key, Supplier<? extends S> supplier) {
        return Stages.join(operations.getOrStart(type, key, supplier));
    }

    @Override
    public <S extends Session> SessionResult<S> get(Class<S> type, String key) {
        return Stages.join(operations.get(type, key, true));
    }

    @Override
    public <S extends Session> SessionResult<S> peek(Class<S> type, String key) {
        return Stages.join(operations.get(type, key, false));
    }

    @Override
    public <S extends Session> SessionResult<S> getFinished(Class<S> type, String key) {
        return Stages.join(operations.getFinished(type, key));
    }

    @Override
    public SessionResult<@Nullable Void> refresh(Class<? extends Session> type, String key) {
        return Stages.join(operations.refresh(type, key));
    }

    @Override
    public SessionResult<@Nullable Void> refresh(Session session) {
        return refresh(typeOf(session), session.getKey());
    }

    @Override
    public <S extends Session> SessionResult<S> update(S session) {
        return Stages.join(operations.update(session, false));
    }

    @Override
    public <S extends Session> SessionResult<S> updateAndGet(S session) {
        return Stages.join(operations.update(session, true));
    }

    @Override
    public <S extends Session> SessionResult<S> modify(Class<S> type, String key, Consumer<? super S> change) {
        return Stages.join(modification.modify(type, key, change));
    }

    @Override
    public SessionResult<@Nullable Void> finish(Class<? extends Session> type, String key) {
        return Stages.join(operations.finish(type, key, null));
    }

    @Override
    public SessionResult<@Nullable Void> finish(Session session) {
        return Stages.join(operations.finish(typeOf(session), session.getKey(), requireStarted(session)));
    }

    @Override
    public <S extends Session> SessionResult<S> finishAndGet(Class<S> type, String key) {
        return Stages.join(operations.finishAndGet(type, key, null));
    }

    @Override
    public <S extends Session> SessionResult<S> finishAndGet(S session) {
        return Stages.join(operations.finishAndGet(typeOf(session), session.getKey(), requireStarted(session)));
    }

    @Override
    public SessionResult<@Nullable Void> resume(Class<? extends Session> type, String key) {
        return Stages.join(operations.resume(type, key, null));
    }

    @Override
    public SessionResult<@Nullable Void> resume(Session session) {
        return Stages.join(operations.resume(typeOf(session), session.getKey(), requireStarted(session)));
    }

    @Override
    public <S extends Session> SessionResult<S> resumeAndGet(Class<S> type, String key) {
        return Stages.join(operations.resumeAndGet(type, key, null));
    }

    @Override
    public <S extends Session> SessionResult<S> resumeAndGet(S session) {
        return Stages.join(operations.resumeAndGet(typeOf(session), session.getKey(), requireStarted(session)));
    }

    @Override
    public SessionResult<@Nullable Void> delete(Class<? extends Session> type, String key) {
        return Stages.join(operations.delete(type, key, null));
    }

    @Override
    public SessionResult<@Nullable Void> delete(Session session) {
        return Stages.join(operations.delete(typeOf(session), session.getKey(), requireStarted(session)));
    }

    @Override
    public SessionResult<SessionLock> lock(Class<? extends Session> type, String key) {
        return lock(type, key, LockOptions.defaults());
    }

    @Override
    public SessionResult<SessionLock> lock(Class<? extends Session> type, String key, LockOptions options) {
        return Stages.join(locks.acquire(type, key, options)).map(lock -> lock);
    }

    @Override
    public SessionResult<SessionLock> lock(Session session) {
        return lock(typeOf(session), session.getKey(), LockOptions.defaults());
    }

    @Override
    public SessionResult<SessionLock> lock(Session session, LockOptions options) {
        return lock(typeOf(session), session.getKey(), options);
    }

    @Override
    public <S extends Session> SessionResult<LockedSession<S>> getLocked(Class<S> type, String key) {
        return getLocked(type, key, LockOptions.defaults());
    }

    @Override
    public <S extends Session> SessionResult<LockedSession<S>> getLocked(
            Class<S> type, String key, LockOptions options) {
        // Waits in between, so that the session is read by this thread and not by one of the lock service's driver.
        return Stages.join(locks.read(type, key, Stages.join(locks.acquire(type, key, options))));
    }

    @SuppressWarnings(
            "unchecked") // getClass() of an S is a Class<? extends S>; the type of a session is its runtime class
    private static <S extends Session> Class<S> typeOf(S session) {
        return (Class<S>)
                Objects.requireNonNull(session, "A session must not be null").getClass();
    }
}
