package io.sessiontracker.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessiontracker.AsyncLockedSession;
import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.engine.SessionTypes.typeOf;

/** The async API: returns the operations of its engine as independent futures. */
final class DefaultAsyncSessionTracker implements AsyncSessionTracker {

    private final SessionEngine engine;
    private final SessionSweeper sweeper;
    private final CallbackExecutor workers;
    private final CallerTransactions transactions;

    /**
     * Creates the tracker.
     *
     * @param engine dispatches the store's replies to the workers
     */
    DefaultAsyncSessionTracker(
            SessionEngine engine, SessionSweeper sweeper, CallbackExecutor workers, CallerTransactions transactions) {
        this.engine = engine;
        this.sweeper = sweeper;
        this.workers = workers;
        this.transactions = transactions;
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> start(S session) {
        return workers.ask(() -> engine.starts().start(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> start(S session, SessionEntryOptions options) {
        return workers.ask(() -> engine.starts().start(session, options));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier) {
        return workers.ask(() -> engine.starts().getOrStart(type, key, supplier));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> get(Class<S> type, String key) {
        return workers.ask(() -> engine.operations().get(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<Map<String, S>> getAll(Class<S> type, Collection<String> keys) {
        return workers.ask(() -> engine.operations().getAll(type, keys));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> peek(Class<S> type, String key) {
        return workers.ask(() -> engine.operations().peek(type, key));
    }

    @Override
    public <S extends Session> SessionWatch watch(Class<S> type, String key, SessionWatcher<? super S> watcher) {
        return engine.watch(type, key, watcher);
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> getFinished(Class<S> type, String key) {
        return workers.ask(() -> engine.operations().getFinished(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> refresh(Class<S> type, String key) {
        return workers.ask(() -> engine.operations().refresh(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> refresh(S session) {
        return refresh(typeOf(session), session.getKey());
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<Instant>> expiresAt(Class<S> type, String key) {
        return workers.ask(() -> engine.operations().expiresAt(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<Instant>> expiresAt(S session) {
        return workers.ask(() -> engine.operations().expiresAt(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<Instant>> expire(
            Class<S> type, String key, SessionEntryOptions options) {
        return workers.ask(() -> engine.operations().expire(type, key, options));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<Instant>> expire(
            S session, SessionEntryOptions options) {
        return workers.ask(() -> engine.operations().expire(session, options));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> update(S session) {
        return workers.ask(() -> engine.operations().update(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> updateAndGet(S session) {
        return workers.ask(() -> engine.operations().updateAndGet(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> modify(
            Class<S> type, String key, Consumer<? super S> change) {
        return workers.askCancellable(() -> engine.modification().modify(type, key, change));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> modify(
            Class<S> type, String key, String operationId, Consumer<? super S> change) {
        return workers.askCancellable(() -> engine.modification().modify(type, key, operationId, change));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier, Consumer<? super S> change) {
        return workers.ask(() -> engine.modification().modifyOrStart(engine.starts(), type, key, supplier, change));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, String operationId, Supplier<? extends S> supplier, Consumer<? super S> change) {
        return workers.ask(
                () -> engine.modification().modifyOrStart(engine.starts(), type, key, operationId, supplier, change));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> finish(Class<S> type, String key) {
        return workers.ask(() -> engine.transitions().finish(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> finish(S session) {
        return workers.ask(() -> engine.transitions().finish(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> finishAndGet(Class<S> type, String key) {
        return workers.ask(() -> engine.transitions().finishAndGet(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> finishAndGet(S session) {
        return workers.ask(() -> engine.transitions().finishAndGet(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> resume(Class<S> type, String key) {
        return workers.ask(() -> engine.transitions().resume(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> resume(S session) {
        return workers.ask(() -> engine.transitions().resume(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> resumeAndGet(Class<S> type, String key) {
        return workers.ask(() -> engine.transitions().resumeAndGet(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<S>> resumeAndGet(S session) {
        return workers.ask(() -> engine.transitions().resumeAndGet(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> delete(Class<S> type, String key) {
        return workers.ask(() -> engine.transitions().delete(type, key));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> delete(S session) {
        return workers.ask(() -> engine.transitions().delete(session));
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(Class<S> type, String key) {
        return lock(type, key, LockOptions.defaults());
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(
            Class<S> type, String key, LockOptions options) {
        return workers.answer(
                engine.locks().lock(type, key, options, workers),
                acquired -> CompletableFuture.completedStage(
                        acquired.map(lock -> (AsyncSessionLock) new DefaultAsyncSessionLock(lock, workers))),
                DefaultSessionLock::release);
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(S session) {
        return lock(typeOf(session), session.getKey(), LockOptions.defaults());
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(S session, LockOptions options) {
        return lock(typeOf(session), session.getKey(), options);
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<AsyncLockedSession<S>>> getLocked(
            Class<S> type, String key) {
        return getLocked(type, key, LockOptions.defaults());
    }

    @Override
    public <S extends Session> CompletableFuture<SessionResult<AsyncLockedSession<S>>> getLocked(
            Class<S> type, String key, LockOptions options) {
        return engine.locks()
                .getLocked(type, key, options, workers, held -> DefaultAsyncLockedSession.of(held, workers));
    }

    @Override
    public <S extends Session> CompletableFuture<Long> count(Class<S> type) {
        return query(type).count();
    }

    @Override
    public <S extends Session> AsyncSessionQuery<S> query(Class<S> type) {
        return new DefaultAsyncSessionQuery<>(
                new DefaultSessionQuery<>(engine.queries(), engine.types().queryable(type)), workers);
    }

    @Override
    public CompletableFuture<Integer> expireSessions() {
        transactions.refuse();
        return CompletableFuture.supplyAsync(sweeper::sweepNow, workers.executor());
    }
}
