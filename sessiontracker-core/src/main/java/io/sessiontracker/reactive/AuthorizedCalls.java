package io.sessiontracker.reactive;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.ReactiveSessionAuthorizer;
import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks for permission and then makes {@linkplain DeferredCalls calls} of the async API.
 *
 * @param authorizer null if the async API asks by itself, or nothing is to be asked
 */
record AuthorizedCalls(@Nullable ReactiveSessionAuthorizer authorizer) {

    <R extends @Nullable Object> Mono<R> mono(
            TrackerMethod method, Session session, Supplier<CompletableFuture<R>> call) {
        return authorizer == null
                ? DeferredCalls.mono(call)
                : authorized(method, session).then(DeferredCalls.mono(call));
    }

    /** @param key null for a call that is about many sessions */
    <R extends @Nullable Object> Mono<R> mono(
            TrackerMethod method,
            Class<? extends Session> type,
            @Nullable String key,
            Supplier<CompletableFuture<R>> call) {
        return authorizer == null
                ? DeferredCalls.mono(call)
                : authorized(method, type, key).then(DeferredCalls.mono(call));
    }

    <R extends @Nullable Object> Mono<R> mono(
            TrackerMethod method,
            Class<? extends Session> type,
            Collection<String> keys,
            Supplier<CompletableFuture<R>> call) {
        return authorizer == null
                ? DeferredCalls.mono(call)
                : Flux.fromIterable(List.copyOf(keys))
                        .concatMap(key -> authorized(method, type, key))
                        .then(DeferredCalls.mono(call));
    }

    <A, R> Mono<SessionResult<R>> lock(
            TrackerMethod method,
            Class<? extends Session> type,
            String key,
            Supplier<CompletableFuture<SessionResult<A>>> call,
            Function<? super A, ? extends R> handle,
            Function<? super A, AsyncSessionLock> lockOf) {
        Mono<SessionResult<R>> lock = DeferredCalls.lock(call, handle, lockOf);
        return authorizer == null ? lock : authorized(method, type, key).then(lock);
    }

    <S extends Session> Flux<S> flux(TrackerMethod method, Class<S> type, String key, Flux<S> calls) {
        return authorizer == null ? calls : authorized(method, type, key).thenMany(calls);
    }

    private Mono<Void> authorized(TrackerMethod method, Session session) {
        return Mono.defer(() -> authorized(method, session.getClass(), session.getKey()));
    }

    private Mono<Void> authorized(TrackerMethod method, Class<? extends Session> type, @Nullable String key) {
        ReactiveSessionAuthorizer asked = authorizer;
        return asked == null
                ? Mono.empty()
                : Flux.defer(() -> Flux.fromIterable(method.accesses(
                                SessionInternals.requireTypeName(type),
                                key == null ? null : SessionInternals.requireKey(key))))
                        .concatMap(asked::authorize)
                        .then();
    }
}
