package io.sessiontracker.reactive;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** DeferredCalls of the face that answers futures, one for each subscription. */
final class DeferredCalls {

    private DeferredCalls() {}

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

    /** The same for a lock, which is not left behind when the subscription is cancelled as it is granted. */
    static <A, R> Mono<SessionResult<R>> lock(
            Supplier<CompletableFuture<SessionResult<A>>> call,
            Function<? super A, ? extends R> handle,
            Function<? super A, AsyncSessionLock> lockOf) {
        return Mono.defer(() -> {
            Grant<A> grant = new Grant<>(lockOf);
            return mono(() -> grant.ask(call))
                    // After the call was cancelled, which would be an error for a subscriber who is still there.
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

    /** What is thrown in {@code handle} could be passed over by the subscriber, as the failure of one of many elements. */
    private static <R extends @Nullable Object> CompletableFuture<R> answerOf(Supplier<CompletableFuture<R>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
