package io.sessiontracker.reactive;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
 * Asks for permission and then makes {@linkplain DeferredCalls calls} of the async API, in the name of their caller.
 *
 * @param authorizer null if the async API asks by itself, or nothing is to be asked
 * @param callers null if the async API finds out by itself who calls
 */
record AuthorizedCalls(
        @Nullable ReactiveSessionAuthorizer authorizer,
        @Nullable NamedCallers callers) {

    <R extends @Nullable Object> Mono<R> mono(
            TrackerMethod method, Session session, Supplier<CompletableFuture<R>> call) {
        return authorizer == null
                ? named(call)
                : Mono.defer(() -> authorized(method, session.getClass(), session.getKey()))
                        .then(named(call));
    }

    /** @param key null for a call that is about many sessions */
    <R extends @Nullable Object> Mono<R> mono(
            TrackerMethod method,
            Class<? extends Session> type,
            @Nullable String key,
            Supplier<CompletableFuture<R>> call) {
        return authorizer == null ? named(call) : authorized(method, type, key).then(named(call));
    }

    <R extends @Nullable Object> Mono<R> mono(
            TrackerMethod method,
            Class<? extends Session> type,
            Collection<String> keys,
            Supplier<CompletableFuture<R>> call) {
        return authorizer == null
                ? named(call)
                : Flux.fromIterable(List.copyOf(keys))
                        .concatMap(key -> authorized(method, type, key))
                        .then(named(call));
    }

    <A, R> Mono<SessionResult<R>> lock(
            TrackerMethod method,
            Class<? extends Session> type,
            String key,
            Supplier<CompletableFuture<SessionResult<A>>> call,
            Function<? super A, ? extends R> handle,
            Function<? super A, AsyncSessionLock> lockOf) {
        Mono<SessionResult<R>> lock = callers == null
                ? DeferredCalls.lock(call, handle, lockOf)
                : callers.mono(call, named -> DeferredCalls.lock(named, handle, lockOf));
        return authorizer == null ? lock : authorized(method, type, key).then(lock);
    }

    /** @param calls makes the publisher, given what makes its calls be made in their caller's name */
    <T, S extends Session> Flux<S> flux(
            TrackerMethod method, Class<S> type, String key, Function<UnaryOperator<Supplier<T>>, Flux<S>> calls) {
        Flux<S> flux = callers == null ? calls.apply(UnaryOperator.identity()) : callers.flux(calls);
        return authorizer == null ? flux : authorized(method, type, key).thenMany(flux);
    }

    private <R extends @Nullable Object> Mono<R> named(Supplier<CompletableFuture<R>> call) {
        return callers == null ? DeferredCalls.mono(call) : callers.mono(call, DeferredCalls::mono);
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
