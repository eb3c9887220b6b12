package io.sessiontracker.reactive;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.sessiontracker.ReactiveSessionCallerResolver;
import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionCallerScope;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes calls of the async API in the name of the caller that the subscriber's context has.
 *
 * @param scope where the async API looks for the caller
 */
record NamedCallers(ReactiveSessionCallerResolver resolver, SessionCallerScope scope) {

    /** Returns the publisher that the function makes of a call; the caller is looked for before. */
    <T, R> Mono<R> mono(Supplier<T> call, Function<Supplier<T>, Mono<R>> calls) {
        return Mono.defer(() -> {
            AtomicReference<@Nullable SessionCaller> caller = new AtomicReference<>();
            return resolver.resolve().doOnNext(caller::set).then(calls.apply(() -> scope.call(caller.get(), call)));
        });
    }

    /** Returns the publisher that the function makes, given what makes calls that are made in the caller's name. */
    <T, R> Flux<R> flux(Function<UnaryOperator<Supplier<T>>, Flux<R>> calls) {
        return Flux.defer(() -> {
            AtomicReference<@Nullable SessionCaller> caller = new AtomicReference<>();
            return resolver.resolve()
                    .doOnNext(caller::set)
                    .thenMany(calls.apply(call -> () -> scope.call(caller.get(), call)));
        });
    }
}
