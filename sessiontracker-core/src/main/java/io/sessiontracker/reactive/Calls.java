package io.sessiontracker.reactive;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Calls of the face that answers futures, one for each subscription. */
final class Calls {

    private Calls() {}

    /**
     * As {@link Mono#fromFuture(Supplier)}; but what the subscriber's context has of thread-locals is in place during the call,
     * so that a trace goes on whatever thread subscribes. Of the operators, {@code handle} is one in which Reactor does that
     * without being told to, where Micrometer's context propagation is there.
     */
    static <R extends @Nullable Object> Mono<R> mono(Supplier<CompletableFuture<R>> call) {
        return Mono.just(call)
                .<CompletableFuture<R>>handle((asked, answer) -> answer.next(answerOf(asked)))
                .flatMap(Mono::fromFuture);
    }

    /** What is thrown in {@code handle} could be passed over by the subscriber, as the failure of one of many elements. */
    private static <R extends @Nullable Object> CompletableFuture<R> answerOf(Supplier<CompletableFuture<R>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
