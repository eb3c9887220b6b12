package io.sessiontracker.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.event.SessionListener;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.engine.SessionTypes.typeOf;

/** The blocking API: waits for the operations of its engine. */
final class BlockingSessionTracker implements ClosableSessionTracker {

    private final SessionEngine engine; // lets the caller wait for the store's replies
    private final SessionSweeper sweeper;
    private final SessionListeners listeners;
    private final BackgroundWork background;
    private final Function<OperationObserver, AsyncSessionTracker> asyncOf;
    private final OperationObserver observer;
    private final AsyncSessionTracker async;
    private final CallerTransactions transactions;

    /** @param asyncOf creates the async API with that authorizer and those callers */
    BlockingSessionTracker(
            SessionEngine engine,
            SessionSweeper sweeper,
            SessionListeners listeners,
            BackgroundWork background,
            Function<OperationObserver, AsyncSessionTracker> asyncOf,
            OperationObserver observer,
            CallerTransactions transactions) {
        this.engine = engine;
        this.sweeper = sweeper;
        this.listeners = listeners;
        this.background = background;
        this.asyncOf = asyncOf;
        this.observer = observer;
        this.async = asyncOf.apply(observer);
        this.transactions = transactions;
    }

    @Override
    public <S extends Session> SessionResult<S> start(S session) {
        return Futures.join(engine.starts().start(session));
    }

    @Override
    public <S extends Session> SessionResult<S> start(S session, SessionEntryOptions options) {
        return Futures.join(engine.starts().start(session, options));
    }

    @Override
    public <S extends Session> SessionResult<S> getOrStart(Class<S> type, String key, Supplier<? extends S> supplier) {
        return Futures.join(engine.starts().getOrStart(type, key, supplier));
    }

    @Override
    public <S extends Session> SessionResult<S> get(Class<S> type, String key) {
        return Futures.join(engine.operations().get(type, key));
    }

    @Override
    public <S extends Session> Map<String, S> getAll(Class<S> type, Collection<String> keys) {
        return Futures.join(engine.operations().getAll(type, keys));
    }

    @Override
    public <S extends Session> SessionResult<S> peek(Class<S> type, String key) {
        return Futures.join(engine.operations().peek(type, key));
    }

    @Override
    public <S extends Session> SessionWatch watch(Class<S> type, String key, SessionWatcher<? super S> watcher) {
        return engine.watch(type, key, watcher);
    }

    @Override
    public <S extends Session> SessionResult<S> getFinished(Class<S> type, String key) {
        return Futures.join(engine.operations().getFinished(type, key));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> refresh(Class<S> type, String key) {
        return Futures.join(engine.operations().refresh(type, key));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> refresh(S session) {
        return refresh(typeOf(session), session.getKey());
    }

    @Override
    public <S extends Session> SessionResult<Instant> expiresAt(Class<S> type, String key) {
        return Futures.join(engine.operations().expiresAt(type, key));
    }

    @Override
    public <S extends Session> SessionResult<Instant> expiresAt(S session) {
        return Futures.join(engine.operations().expiresAt(session));
    }

    @Override
    public <S extends Session> SessionResult<Instant> expire(Class<S> type, String key, SessionEntryOptions options) {
        return Futures.join(engine.operations().expire(type, key, options));
    }

    @Override
    public <S extends Session> SessionResult<Instant> expire(S session, SessionEntryOptions options) {
        return Futures.join(engine.operations().expire(session, options));
    }

    @Override
    public <S extends Session> SessionResult<S> update(S session) {
        return Futures.join(engine.operations().update(session));
    }

    @Override
    public <S extends Session> SessionResult<S> updateAndGet(S session) {
        return Futures.join(engine.operations().updateAndGet(session));
    }

    @Override
    public <S extends Session> SessionResult<S> modify(Class<S> type, String key, Consumer<? super S> change) {
        return Futures.join(engine.modification().modify(type, key, change));
    }

    @Override
    public <S extends Session> SessionResult<S> modify(
            Class<S> type, String key, String operationId, Consumer<? super S> change) {
        return Futures.join(engine.modification().modify(type, key, operationId, change));
    }

    @Override
    public <S extends Session> SessionResult<S> modifyOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier, Consumer<? super S> change) {
        return Futures.join(engine.modification().modifyOrStart(engine.starts(), type, key, supplier, change));
    }

    @Override
    public <S extends Session> SessionResult<S> modifyOrStart(
            Class<S> type, String key, String operationId, Supplier<? extends S> supplier, Consumer<? super S> change) {
        return Futures.join(
                engine.modification().modifyOrStart(engine.starts(), type, key, operationId, supplier, change));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> finish(Class<S> type, String key) {
        return Futures.join(engine.transitions().finish(type, key));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> finish(S session) {
        return Futures.join(engine.transitions().finish(session));
    }

    @Override
    public <S extends Session> SessionResult<S> finishAndGet(Class<S> type, String key) {
        return Futures.join(engine.transitions().finishAndGet(type, key));
    }

    @Override
    public <S extends Session> SessionResult<S> finishAndGet(S session) {
        return Futures.join(engine.transitions().finishAndGet(session));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> resume(Class<S> type, String key) {
        return Futures.join(engine.transitions().resume(type, key));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> resume(S session) {
        return Futures.join(engine.transitions().resume(session));
    }

    @Override
    public <S extends Session> SessionResult<S> resumeAndGet(Class<S> type, String key) {
        return Futures.join(engine.transitions().resumeAndGet(type, key));
    }

    @Override
    public <S extends Session> SessionResult<S> resumeAndGet(S session) {
        return Futures.join(engine.transitions().resumeAndGet(session));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> delete(Class<S> type, String key) {
        return Futures.join(engine.transitions().delete(type, key));
    }

    @Override
    public <S extends Session> SessionResult<@Nullable Void> delete(S session) {
        return Futures.join(engine.transitions().delete(session));
    }

    @Override
    public <S extends Session> SessionResult<SessionLock> lock(Class<S> type, String key) {
        return lock(type, key, LockOptions.defaults());
    }

    @Override
    public <S extends Session> SessionResult<SessionLock> lock(Class<S> type, String key, LockOptions options) {
        return Futures.join(engine.locks().lockWaiting(type, key, options)).map(lock -> lock);
    }

    @Override
    public <S extends Session> SessionResult<SessionLock> lock(S session) {
        return lock(typeOf(session), session.getKey(), LockOptions.defaults());
    }

    @Override
    public <S extends Session> SessionResult<SessionLock> lock(S session, LockOptions options) {
        return lock(typeOf(session), session.getKey(), options);
    }

    @Override
    public <S extends Session> SessionResult<LockedSession<S>> getLocked(Class<S> type, String key) {
        return getLocked(type, key, LockOptions.defaults());
    }

    @Override
    public <S extends Session> SessionResult<LockedSession<S>> getLocked(
            Class<S> type, String key, LockOptions options) {
        return Futures.join(engine.locks().getLockedWaiting(type, key, options)).map(held -> held);
    }

    @Override
    public <S extends Session> long count(Class<S> type) {
        return query(type).count();
    }

    @Override
    public <S extends Session> SessionQuery<S> query(Class<S> type) {
        return new DefaultSessionQuery<>(engine.queries(), engine.types().queryable(type));
    }

    @Override
    public int expireSessions() {
        transactions.refuse();
        return sweeper.sweepNow();
    }

    @Override
    public AsyncSessionTracker async() {
        return async;
    }

    @Override
    public AsyncSessionTracker async(SessionAuthorizer authorizer, @Nullable SessionCallerResolver callers) {
        return asyncOf.apply(observer.asking(authorizer, callers));
    }

    @Override
    public void addListeners(
            Collection<? extends SessionListener> added, Collection<? extends Class<? extends Session>> known) {
        engine.types().know(known);
        listeners.add(added);
    }

    @Override
    public SortedMap<String, Class<? extends Session>> knownTypes() {
        return engine.types().byName();
    }

    @Override
    public void startSweeping() {
        background.start();
    }

    @Override
    public void stopSweeping() {
        background.stop();
    }

    /** Returns how many keys are being modified, for tests. */
    int modifiedKeys() {
        return engine.modification().modifiedKeys();
    }
}
