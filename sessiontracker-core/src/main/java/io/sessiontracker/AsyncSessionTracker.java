package io.sessiontracker;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * The non-blocking form of {@link SessionTracker}: the same operations on the same sessions with the same results, and no
 * thread waits for the store or for a lock. Thread-safe.
 *
 * <p>Application code (suppliers, changes, listeners) and JSON are run by a worker before the future completes, so it may
 * block as long as other workers are free. Dependent stages run where the future was completed, or in the caller's thread
 * if it is complete already.
 *
 * <p>What {@link SessionTracker} throws before anything is sent is thrown by the call; later failures complete the future
 * exceptionally. Cancelling the future of a {@code lock} or {@code getLocked} withdraws the request, and releases a lock
 * that is granted nevertheless; cancelling any other future has no effect on what was sent.
 */
@CheckReturnValue
public interface AsyncSessionTracker {

    /** See {@link SessionTracker#start(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> start(S session);

    /** See {@link SessionTracker#start(Session, SessionEntryOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> start(S session, SessionEntryOptions options);

    /** See {@link SessionTracker#getOrStart(Class, String, Supplier)}. The supplier is called by a worker. */
    <S extends Session> CompletableFuture<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier);

    /** See {@link SessionTracker#get(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> get(Class<S> type, String key);

    /** See {@link SessionTracker#getAll(Class, Collection)}. */
    <S extends Session> CompletableFuture<Map<String, S>> getAll(Class<S> type, Collection<String> keys);

    /** See {@link SessionTracker#peek(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> peek(Class<S> type, String key);

    /** See {@link SessionTracker#watch(Class, String, SessionWatcher)}. */
    <S extends Session> SessionWatch watch(Class<S> type, String key, SessionWatcher<? super S> watcher);

    /** See {@link SessionTracker#getFinished(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> getFinished(Class<S> type, String key);

    /** See {@link SessionTracker#refresh(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> refresh(Class<S> type, String key);

    /** See {@link SessionTracker#refresh(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> refresh(S session);

    /** See {@link SessionTracker#expiresAt(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<Instant>> expiresAt(Class<S> type, String key);

    /** See {@link SessionTracker#expiresAt(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<Instant>> expiresAt(S session);

    /** See {@link SessionTracker#expire(Class, String, SessionEntryOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<Instant>> expire(
            Class<S> type, String key, SessionEntryOptions options);

    /** See {@link SessionTracker#expire(Session, SessionEntryOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<Instant>> expire(S session, SessionEntryOptions options);

    /** See {@link SessionTracker#update(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> update(S session);

    /** See {@link SessionTracker#updateAndGet(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> updateAndGet(S session);

    /** See {@link SessionTracker#modify(Class, String, Consumer)}. The change is made by a worker. */
    <S extends Session> CompletableFuture<SessionResult<S>> modify(
            Class<S> type, String key, Consumer<? super S> change);

    /** See {@link SessionTracker#modify(Class, String, String, Consumer)}. A worker makes the change. */
    <S extends Session> CompletableFuture<SessionResult<S>> modify(
            Class<S> type, String key, String operationId, Consumer<? super S> change);

    /** See {@link SessionTracker#modifyOrStart(Class, String, Supplier, Consumer)}. A worker makes the change. */
    <S extends Session> CompletableFuture<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier, Consumer<? super S> change);

    /** See {@link SessionTracker#modifyOrStart(Class, String, String, Supplier, Consumer)}. A worker makes the change. */
    <S extends Session> CompletableFuture<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, String operationId, Supplier<? extends S> supplier, Consumer<? super S> change);

    /** See {@link SessionTracker#finish(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> finish(Class<S> type, String key);

    /** See {@link SessionTracker#finish(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> finish(S session);

    /** See {@link SessionTracker#finishAndGet(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> finishAndGet(Class<S> type, String key);

    /** See {@link SessionTracker#finishAndGet(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> finishAndGet(S session);

    /** See {@link SessionTracker#resume(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> resume(Class<S> type, String key);

    /** See {@link SessionTracker#resume(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> resume(S session);

    /** See {@link SessionTracker#resumeAndGet(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> resumeAndGet(Class<S> type, String key);

    /** See {@link SessionTracker#resumeAndGet(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> resumeAndGet(S session);

    /** See {@link SessionTracker#delete(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> delete(Class<S> type, String key);

    /** See {@link SessionTracker#delete(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> delete(S session);

    /** See {@link SessionTracker#lock(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(Class<S> type, String key);

    /** See {@link SessionTracker#lock(Class, String, LockOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(
            Class<S> type, String key, LockOptions options);

    /** See {@link SessionTracker#lock(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(S session);

    /** See {@link SessionTracker#lock(Session, LockOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(S session, LockOptions options);

    /** See {@link SessionTracker#getLocked(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncLockedSession<S>>> getLocked(Class<S> type, String key);

    /** See {@link SessionTracker#getLocked(Class, String, LockOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncLockedSession<S>>> getLocked(
            Class<S> type, String key, LockOptions options);

    /** See {@link SessionTracker#count(Class)}. */
    <S extends Session> CompletableFuture<Long> count(Class<S> type);

    /** See {@link SessionTracker#query(Class)}. */
    <S extends Session> AsyncSessionQuery<S> query(Class<S> type);

    /** See {@link SessionTracker#expireSessions}. A worker does it, and waits for the store in between. */
    CompletableFuture<Integer> expireSessions();
}
