package io.sessiontracker.spi.support;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Runs asynchronous steps one after the other, or several at once. */
public final class AsyncLoops {

    private AsyncLoops() {}

    /**
     * Repeats a step for as long as it answers {@code true}. A step begins when the one before is complete, and sees all that it did.
     * Neither the stack nor the chain of stages grows with the number of steps, also where steps complete at once.
     *
     * @param step begins one step; may throw, which ends the loop
     * @return complete after the last step, or with the first failure
     */
    public static CompletionStage<@Nullable Void> repeat(Supplier<? extends CompletionStage<Boolean>> step) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        repeat(step, end);
        return end;
    }

    private static void repeat(
            Supplier<? extends CompletionStage<Boolean>> step, CompletableFuture<@Nullable Void> end) {
        try {
            CompletableFuture<Boolean> stage = step.get().toCompletableFuture();
            while (stage.isDone() && stage.join()) {
                stage = step.get().toCompletableFuture();
            }
            var unused = stage.whenComplete((more, failure) -> {
                if (failure != null) {
                    end.completeExceptionally(failure);
                } else if (more) {
                    repeat(step, end);
                } else {
                    end.complete(null);
                }
            });
        } catch (RuntimeException | Error failed) {
            end.completeExceptionally(failed);
        }
    }

    /** Returns a stage that completes with {@code true} after a pause, on a thread of {@link BackgroundTasks}: a step that is to be repeated. */
    public static CompletionStage<Boolean> pause(long delay, TimeUnit unit) {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        BackgroundTasks.runAfter(delay, unit, () -> end.complete(true));
        return end;
    }

    /**
     * Begins a step for each subject at once.
     *
     * @return the steps' values in the order of the subjects, when all are complete; the failure if one failed
     */
    public static <T, R> CompletionStage<List<R>> all(
            Collection<T> subjects, Function<? super T, ? extends CompletionStage<R>> step) {
        return all(subjects.stream().map(step).toList());
    }

    /** Returns the stages' values in their order, when all are complete; the failure if one failed. */
    public static <R> CompletionStage<List<R>> all(List<? extends CompletionStage<R>> stages) {
        List<CompletableFuture<R>> each =
                stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> each.stream().map(CompletableFuture::join).toList());
    }

    /**
     * The value of a stage, or its failure.
     *
     * @param value null if it failed
     * @param failure null if it succeeded
     */
    public record Outcome<R>(@Nullable R value, @Nullable Throwable failure) {}

    /** Returns the stages' outcomes in their order, when all are complete, also where some failed. */
    public static <R> CompletionStage<List<Outcome<R>>> settle(List<? extends CompletionStage<R>> stages) {
        return all(stages.stream()
                .map(stage -> stage.handle((value, failure) -> new Outcome<R>(value, failure)))
                .toList());
    }

    /** Returns the first failure among the outcomes, or null if all succeeded. */
    public static @Nullable Throwable firstFailure(List<? extends Outcome<?>> outcomes) {
        for (Outcome<?> outcome : outcomes) {
            if (outcome.failure() != null) {
                return outcome.failure();
            }
        }
        return null;
    }
}
