package io.sessiontracker;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * {@link SessionTracker}, answered later: the same operations on the same sessions with the same results, and no thread waits
 * for the store or for a lock. Safe for any number of threads.
 *
 * <p>What the application gives (suppliers, changes, listeners) is called by a worker, before the answer completes; so is
 * whatever reads JSON. So it may block, for as long as there are other workers. What depends on an answer runs where that
 * completed, or in the caller's thread if it is complete already.
 *
 * <p>What {@link SessionTracker} throws before anything is sent is thrown by the call; what it throws later is what the answer
 * fails with. Cancelling the answer of a {@code lock} or {@code getLocked} withdraws the request, and if it got the lock all
 * the same frees it; cancelling any other changes nothing about what was sent.
 */
@CheckReturnValue
public interface AsyncSessionTracker {

    /** As {@link SessionTracker#start(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> start(S session);

    /** As {@link SessionTracker#start(Session, SessionEntryOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> start(S session, SessionEntryOptions options);

    /** As {@link SessionTracker#getOrStart(Class, String, Supplier)}. The supplier is called by a worker. */
    <S extends Session> CompletableFuture<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier);

    /** As {@link SessionTracker#get(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> get(Class<S> type, String key);

    /** As {@link SessionTracker#peek(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> peek(Class<S> type, String key);

    /** As {@link SessionTracker#getFinished(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> getFinished(Class<S> type, String key);

    /** As {@link SessionTracker#refresh(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> refresh(Class<S> type, String key);

    /** As {@link SessionTracker#refresh(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> refresh(S session);

    /** As {@link SessionTracker#update(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> update(S session);

    /** As {@link SessionTracker#updateAndGet(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> updateAndGet(S session);

    /** As {@link SessionTracker#modify(Class, String, Consumer)}. The change is made by a worker. */
    <S extends Session> CompletableFuture<SessionResult<S>> modify(
            Class<S> type, String key, Consumer<? super S> change);

    /** As {@link SessionTracker#finish(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> finish(Class<S> type, String key);

    /** As {@link SessionTracker#finish(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> finish(S session);

    /** As {@link SessionTracker#finishAndGet(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> finishAndGet(Class<S> type, String key);

    /** As {@link SessionTracker#finishAndGet(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> finishAndGet(S session);

    /** As {@link SessionTracker#resume(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> resume(Class<S> type, String key);

    /** As {@link SessionTracker#resume(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> resume(S session);

    /** As {@link SessionTracker#resumeAndGet(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> resumeAndGet(Class<S> type, String key);

    /** As {@link SessionTracker#resumeAndGet(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<S>> resumeAndGet(S session);

    /** As {@link SessionTracker#delete(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> delete(Class<S> type, String key);

    /** As {@link SessionTracker#delete(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<@Nullable Void>> delete(S session);

    /** As {@link SessionTracker#lock(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(Class<S> type, String key);

    /** As {@link SessionTracker#lock(Class, String, LockOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(
            Class<S> type, String key, LockOptions options);

    /** As {@link SessionTracker#lock(Session)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(S session);

    /** As {@link SessionTracker#lock(Session, LockOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncSessionLock>> lock(S session, LockOptions options);

    /** As {@link SessionTracker#getLocked(Class, String)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncLockedSession<S>>> getLocked(Class<S> type, String key);

    /** As {@link SessionTracker#getLocked(Class, String, LockOptions)}. */
    <S extends Session> CompletableFuture<SessionResult<AsyncLockedSession<S>>> getLocked(
            Class<S> type, String key, LockOptions options);

    /** As {@link SessionTracker#count(Class)}. */
    <S extends Session> CompletableFuture<Long> count(Class<S> type);

    /** As {@link SessionTracker#query(Class)}. */
    <S extends Session> AsyncSessionQuery<S> query(Class<S> type);

    /** As {@link SessionTracker#expireSessions}. A worker does it, and waits for the store in between. */
    CompletableFuture<Integer> expireSessions();
}
