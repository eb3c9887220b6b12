package io.sessiontracker.reactive;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.ReactiveSessionAuthorizer;
import io.sessiontracker.ReactiveSessionCallerResolver;
import io.sessiontracker.Session;
import io.sessiontracker.SessionCallerScope;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionWatcher;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@link SessionTracker} for Reactor: the same operations on the same sessions with the same results, and no thread waits for
 * the store or for a lock. Safe for any number of threads.
 *
 * <p>Nothing is done before a subscription, and each subscription does it anew. What {@link SessionTracker} throws is an
 * error signal. What the application gives (suppliers, changes, listeners) is called by a worker, before the answer is given;
 * it may block, for as long as there are other workers. Cancelling a subscription to a {@code lock} or {@code getLocked}
 * withdraws the request, and if it got the lock all the same frees it; cancelling any other changes nothing about what was
 * sent.
 */
@CheckReturnValue
public interface ReactiveSessionTracker {

    /** Returns the reactive API of a tracker, with the same sessions, listeners and locks. */
    static ReactiveSessionTracker over(AsyncSessionTracker async) {
        return new DefaultReactiveSessionTracker(async, new AuthorizedCalls(null, null));
    }

    /**
     * Returns the reactive API of a tracker, which asks an authorizer.
     *
     * @param async asks none, if the other authorizer is to be the only one
     */
    static ReactiveSessionTracker over(AsyncSessionTracker async, ReactiveSessionAuthorizer authorizer) {
        Objects.requireNonNull(authorizer, "authorizer");
        return new DefaultReactiveSessionTracker(async, new AuthorizedCalls(authorizer, null));
    }

    /**
     * Returns the reactive API of a tracker, which asks an authorizer, and finds out by the subscriber's context who calls.
     *
     * @param async finds that out by the scope
     * @param authorizer null for none beside that of the async API
     */
    static ReactiveSessionTracker over(
            AsyncSessionTracker async,
            @Nullable ReactiveSessionAuthorizer authorizer,
            ReactiveSessionCallerResolver callers,
            SessionCallerScope scope) {
        return new DefaultReactiveSessionTracker(
                async, new AuthorizedCalls(authorizer, new NamedCallers(callers, scope)));
    }

    /** See {@link SessionTracker#start(Session)}. */
    <S extends Session> Mono<SessionResult<S>> start(S session);

    /** See {@link SessionTracker#start(Session, SessionEntryOptions)}. */
    <S extends Session> Mono<SessionResult<S>> start(S session, SessionEntryOptions options);

    /** See {@link SessionTracker#getOrStart(Class, String, Supplier)}. */
    <S extends Session> Mono<SessionResult<S>> getOrStart(Class<S> type, String key, Supplier<? extends S> supplier);

    /** See {@link SessionTracker#get(Class, String)}. */
    <S extends Session> Mono<SessionResult<S>> get(Class<S> type, String key);

    /** See {@link SessionTracker#getAll(Class, Collection)}. */
    <S extends Session> Mono<Map<String, S>> getAll(Class<S> type, Collection<String> keys);

    /** See {@link SessionTracker#peek(Class, String)}. */
    <S extends Session> Mono<SessionResult<S>> peek(Class<S> type, String key);

    /**
     * Emits the running session as it is now, and again after each change; completes when it ends, at once if none is running. See
     * {@link SessionTracker#watch(Class, String, SessionWatcher)}. Each subscriber watches on its own until it cancels. One that is slow
     * receives the latest state when it requests the next. Fails where a {@link SessionWatcher#onFailure} would be called.
     */
    <S extends Session> Flux<S> watch(Class<S> type, String key);

    /** See {@link SessionTracker#getFinished(Class, String)}. */
    <S extends Session> Mono<SessionResult<S>> getFinished(Class<S> type, String key);

    /** See {@link SessionTracker#refresh(Class, String)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> refresh(Class<S> type, String key);

    /** See {@link SessionTracker#refresh(Session)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> refresh(S session);

    /** See {@link SessionTracker#expiresAt(Class, String)}. */
    <S extends Session> Mono<SessionResult<Instant>> expiresAt(Class<S> type, String key);

    /** See {@link SessionTracker#expiresAt(Session)}. */
    <S extends Session> Mono<SessionResult<Instant>> expiresAt(S session);

    /** See {@link SessionTracker#expire(Class, String, SessionEntryOptions)}. */
    <S extends Session> Mono<SessionResult<Instant>> expire(Class<S> type, String key, SessionEntryOptions options);

    /** See {@link SessionTracker#expire(Session, SessionEntryOptions)}. */
    <S extends Session> Mono<SessionResult<Instant>> expire(S session, SessionEntryOptions options);

    /** See {@link SessionTracker#update(Session)}. */
    <S extends Session> Mono<SessionResult<S>> update(S session);

    /** See {@link SessionTracker#updateAndGet(Session)}. */
    <S extends Session> Mono<SessionResult<S>> updateAndGet(S session);

    /** See {@link SessionTracker#modify(Class, String, Consumer)}. */
    <S extends Session> Mono<SessionResult<S>> modify(Class<S> type, String key, Consumer<? super S> change);

    /** See {@link SessionTracker#modify(Class, String, String, Consumer)}. */
    <S extends Session> Mono<SessionResult<S>> modify(
            Class<S> type, String key, String operationId, Consumer<? super S> change);

    /** See {@link SessionTracker#modifyOrStart(Class, String, Supplier, Consumer)}. */
    <S extends Session> Mono<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier, Consumer<? super S> change);

    /** See {@link SessionTracker#modifyOrStart(Class, String, String, Supplier, Consumer)}. */
    <S extends Session> Mono<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, String operationId, Supplier<? extends S> supplier, Consumer<? super S> change);

    /** See {@link SessionTracker#finish(Class, String)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> finish(Class<S> type, String key);

    /** See {@link SessionTracker#finish(Session)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> finish(S session);

    /** See {@link SessionTracker#finishAndGet(Class, String)}. */
    <S extends Session> Mono<SessionResult<S>> finishAndGet(Class<S> type, String key);

    /** See {@link SessionTracker#finishAndGet(Session)}. */
    <S extends Session> Mono<SessionResult<S>> finishAndGet(S session);

    /** See {@link SessionTracker#resume(Class, String)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> resume(Class<S> type, String key);

    /** See {@link SessionTracker#resume(Session)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> resume(S session);

    /** See {@link SessionTracker#resumeAndGet(Class, String)}. */
    <S extends Session> Mono<SessionResult<S>> resumeAndGet(Class<S> type, String key);

    /** See {@link SessionTracker#resumeAndGet(Session)}. */
    <S extends Session> Mono<SessionResult<S>> resumeAndGet(S session);

    /** See {@link SessionTracker#delete(Class, String)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> delete(Class<S> type, String key);

    /** See {@link SessionTracker#delete(Session)}. */
    <S extends Session> Mono<SessionResult<@Nullable Void>> delete(S session);

    /** See {@link SessionTracker#lock(Class, String)}. */
    <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(Class<S> type, String key);

    /** See {@link SessionTracker#lock(Class, String, LockOptions)}. */
    <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(Class<S> type, String key, LockOptions options);

    /** See {@link SessionTracker#lock(Session)}. */
    <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(S session);

    /** See {@link SessionTracker#lock(Session, LockOptions)}. */
    <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(S session, LockOptions options);

    /** See {@link SessionTracker#getLocked(Class, String)}. */
    <S extends Session> Mono<SessionResult<ReactiveLockedSession<S>>> getLocked(Class<S> type, String key);

    /** See {@link SessionTracker#getLocked(Class, String, LockOptions)}. */
    <S extends Session> Mono<SessionResult<ReactiveLockedSession<S>>> getLocked(
            Class<S> type, String key, LockOptions options);

    /** See {@link SessionTracker#count(Class)}. */
    <S extends Session> Mono<Long> count(Class<S> type);

    /** See {@link SessionTracker#query(Class)}. */
    <S extends Session> ReactiveSessionQuery<S> query(Class<S> type);

    /** See {@link SessionTracker#expireSessions}. A worker does it, and waits for the store in between. */
    Mono<Integer> expireSessions();
}
