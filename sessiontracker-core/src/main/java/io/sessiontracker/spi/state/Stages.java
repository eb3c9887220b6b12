package io.sessiontracker.spi.state;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Loops over stages. A step whose stage is complete on return takes no stack: a blocking store's always are. */
final class Stages {

    private Stages() {}

    /** Takes a step for each element, one after the other. */
    static <T> CompletionStage<@Nullable Void> forEach(
            Iterable<T> elements, Function<T, ? extends CompletionStage<?>> step) {
        Iterator<T> iterator = elements.iterator();
        return repeat(() -> iterator.hasNext()
                ? step.apply(iterator.next()).thenApply(nothing -> true)
                : CompletableFuture.completedStage(false));
    }

    /** Takes steps until one answers false. */
    static CompletionStage<@Nullable Void> repeat(Supplier<? extends CompletionStage<Boolean>> step) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        repeat(step, done);
        return done;
    }

    private static void repeat(
            Supplier<? extends CompletionStage<Boolean>> step, CompletableFuture<@Nullable Void> done) {
        try {
            CompletableFuture<Boolean> next = step.get().toCompletableFuture();
            while (next.isDone()) {
                if (!next.join()) {
                    done.complete(null);
                    return;
                }
                next = step.get().toCompletableFuture();
            }
            var unused = next.whenComplete((more, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else if (more) {
                    repeat(step, done);
                } else {
                    done.complete(null);
                }
            });
        } catch (RuntimeException | Error failure) {
            done.completeExceptionally(failure);
        }
    }
}
