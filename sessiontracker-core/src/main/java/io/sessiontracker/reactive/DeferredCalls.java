package io.sessiontracker.reactive;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Turns calls of the async API into publishers that call it once for each subscription. */
final class DeferredCalls {

    private DeferredCalls() {}

    /**
     * Works as {@link Mono#fromFuture(Supplier)}, with the subscriber's context restored to thread-locals during the call, so that a
     * trace goes on whichever thread subscribes. {@code handle} is an operator in which Reactor does that by default where Micrometer's
     * context propagation is on the class path.
     */
    static <R extends @Nullable Object> Mono<R> mono(Supplier<CompletableFuture<R>> call) {
        return Mono.just(call)
                .<CompletableFuture<R>>handle((asked, answer) -> answer.next(answerOf(asked)))
                .flatMap(Mono::fromFuture);
    }

    /** Works as {@link #mono} for a lock, which is not left behind when the subscription is cancelled as the lock is granted. */
    static <A, R> Mono<SessionResult<R>> lock(
            Supplier<CompletableFuture<SessionResult<A>>> call,
            Function<? super A, ? extends R> handle,
            Function<? super A, AsyncSessionLock> lockOf) {
        return Mono.defer(() -> {
            Grant<A> grant = new Grant<>(lockOf);
            return mono(() -> grant.ask(call))
                    // After the call was cancelled, which would be an error for a subscriber that is still there.
                    .doFinally(signal -> {
                        if (signal == SignalType.CANCEL) {
                            grant.withdraw();
                        }
                    })
                    .handle((result, subscriber) -> {
                        if (grant.pass()) {
                            subscriber.next(result.map(handle));
                        }
                    });
        });
    }

    /** Returns what the call throws as a failed future: thrown in {@code handle}, an operator could skip it as one element's failure. */
    private static <R extends @Nullable Object> CompletableFuture<R> answerOf(Supplier<CompletableFuture<R>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
