package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.engine.SessionOperations.requireStarted;
import static io.sessiontracker.engine.SessionTypes.typeOf;

/**
 * Every operation on one session as a stage: where all faces of a tracker meet. Each call is told to the instrumentation here
 * and nowhere else, so that none is missed, and what an operation is made of is not told beside it.
 */
final class SessionCalls {

    private final SessionTypes types;
    private final SessionOperations operations;
    private final SessionTransitions moves;
    private final SessionModification modification;
    private final SessionLocks locks;
    private final OperationObserver observed;

    SessionCalls(
            SessionTypes types,
            SessionOperations operations,
            SessionTransitions moves,
            SessionModification modification,
            SessionLocks locks,
            OperationObserver observed) {
        this.types = types;
        this.operations = operations;
        this.moves = moves;
        this.modification = modification;
        this.locks = locks;
        this.observed = observed;
    }

    <S extends Session> CompletionStage<SessionResult<S>> start(S session, @Nullable SessionEntryOptions options) {
        return call("start", typeOf(session), session.getKey(), () -> operations.start(session, options));
    }

    <S extends Session> CompletionStage<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier) {
        return call("getOrStart", type, key, () -> operations.getOrStart(type, key, supplier));
    }

    <S extends Session> CompletionStage<SessionResult<S>> get(Class<S> type, String key) {
        return call("get", type, key, () -> operations.get(type, key, true));
    }

    <S extends Session> CompletionStage<SessionResult<S>> peek(Class<S> type, String key) {
        return call("peek", type, key, () -> operations.get(type, key, false));
    }

    <S extends Session> CompletionStage<SessionResult<S>> getFinished(Class<S> type, String key) {
        return call("getFinished", type, key, () -> operations.getFinished(type, key));
    }

    CompletionStage<SessionResult<@Nullable Void>> refresh(Class<? extends Session> type, String key) {
        return call("refresh", type, key, () -> operations.refresh(type, key));
    }

    <S extends Session> CompletionStage<SessionResult<S>> update(S session) {
        return call("update", typeOf(session), session.getKey(), () -> operations.update(session, false));
    }

    <S extends Session> CompletionStage<SessionResult<S>> updateAndGet(S session) {
        return call("updateAndGet", typeOf(session), session.getKey(), () -> operations.update(session, true));
    }

    <S extends Session> CompletionStage<SessionResult<S>> modify(
            Class<S> type, String key, Consumer<? super S> change) {
        return call("modify", type, key, () -> modification.modify(type, key, change));
    }

    SessionModification modification() {
        return modification;
    }

    CompletionStage<SessionResult<@Nullable Void>> finish(Class<? extends Session> type, String key) {
        return call("finish", type, key, () -> moves.finish(type, key, null));
    }

    CompletionStage<SessionResult<@Nullable Void>> finish(Session session) {
        return call(
                "finish",
                typeOf(session),
                session.getKey(),
                () -> moves.finish(typeOf(session), session.getKey(), requireStarted(session)));
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(Class<S> type, String key) {
        return call("finishAndGet", type, key, () -> moves.finishAndGet(type, key, null));
    }

    <S extends Session> CompletionStage<SessionResult<S>> finishAndGet(S session) {
        return call(
                "finishAndGet",
                typeOf(session),
                session.getKey(),
                () -> moves.finishAndGet(typeOf(session), session.getKey(), requireStarted(session)));
    }

    CompletionStage<SessionResult<@Nullable Void>> resume(Class<? extends Session> type, String key) {
        return call("resume", type, key, () -> moves.resume(type, key, null));
    }

    CompletionStage<SessionResult<@Nullable Void>> resume(Session session) {
        return call(
                "resume",
                typeOf(session),
                session.getKey(),
                () -> moves.resume(typeOf(session), session.getKey(), requireStarted(session)));
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(Class<S> type, String key) {
        return call("resumeAndGet", type, key, () -> moves.resumeAndGet(type, key, null));
    }

    <S extends Session> CompletionStage<SessionResult<S>> resumeAndGet(S session) {
        return call(
                "resumeAndGet",
                typeOf(session),
                session.getKey(),
                () -> moves.resumeAndGet(typeOf(session), session.getKey(), requireStarted(session)));
    }

    CompletionStage<SessionResult<@Nullable Void>> delete(Class<? extends Session> type, String key) {
        return call("delete", type, key, () -> moves.delete(type, key, null));
    }

    CompletionStage<SessionResult<@Nullable Void>> delete(Session session) {
        return call(
                "delete",
                typeOf(session),
                session.getKey(),
                () -> moves.delete(typeOf(session), session.getKey(), requireStarted(session)));
    }

    /** Cancelling the answer withdraws the request. */
    CompletableFuture<SessionResult<DefaultSessionLock>> lock(
            Class<? extends Session> type, String key, LockOptions options) {
        return call("lock", type, key, () -> locks.acquire(type, key, options)).toCompletableFuture();
    }

    /**
     * Waits for the lock within the call, so that the session is read by the caller's thread and not by one of the lock
     * service's driver.
     */
    <S extends Session> CompletionStage<SessionResult<HeldSession<S>>> getLockedWaiting(
            Class<S> type, String key, LockOptions options) {
        return call(
                "getLocked",
                type,
                key,
                () -> locks.read(type, key, Futures.join(locks.acquireToRead(type, key, options))));
    }

    /** Waits for nothing; the session is read by a worker. Cancelling the answer withdraws the request. */
    <S extends Session, T> CompletableFuture<SessionResult<T>> getLocked(
            Class<S> type,
            String key,
            LockOptions options,
            CallbackExecutor workers,
            Function<HeldSession<S>, T> handle) {
        return call(
                        "getLocked",
                        type,
                        key,
                        () -> workers.answer(
                                locks.acquireToRead(type, key, options),
                                taken -> locks.read(type, key, taken).thenApply(read -> read.map(handle)),
                                taken -> taken.lock().release()))
                .toCompletableFuture();
    }

    private <T extends @Nullable Object> CompletionStage<SessionResult<T>> call(
            String operation,
            Class<? extends Session> type,
            String key,
            Supplier<? extends CompletionStage<SessionResult<T>>> call) {
        return observed.call(operation, types.of(type), key, call);
    }
}
