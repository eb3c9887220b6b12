package io.sessiontracker.redis;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Operations one after the other, and several at once. */
final class AsyncLoops {

    /** How many buckets are asked at once: their replies are waited for together, and the server can do others in between. */
    static final int AT_ONCE = 32;

    private AsyncLoops() {}

    /**
     * Repeats a step for as long as it answers that there is more to do, on a stack and with stages that do not grow with the
     * steps. A step begins when the one before is complete, and sees all that it did.
     */
    static CompletionStage<Void> repeat(Supplier<CompletionStage<Boolean>> step) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        repeat(step, end);
        return end;
    }

    private static void repeat(Supplier<CompletionStage<Boolean>> step, CompletableFuture<Void> end) {
        try {
            CompletableFuture<Boolean> more = step.get().toCompletableFuture();
            while (more.isDone() && more.join()) {
                more = step.get().toCompletableFuture();
            }
            var unused = more.whenComplete((goOn, failure) -> {
                if (failure != null) {
                    end.completeExceptionally(failure);
                } else if (goOn) {
                    repeat(step, end);
                } else {
                    end.complete(null);
                }
            });
        } catch (RuntimeException | Error failed) {
            end.completeExceptionally(failed);
        }
    }

    /** Begins with all of them at once; answers what each came to, in their order, when all are complete. */
    static <T, R> CompletionStage<List<R>> all(Collection<T> subjects, Function<T, CompletionStage<R>> step) {
        return all(subjects.stream().map(step).toList());
    }

    /** What a stage came to: its value, or why it has none. */
    record Outcome<R>(@Nullable R value, @Nullable Throwable failure) {}

    /** Answers what each came to, in their order, when all are complete, also where some fail. */
    static <R> CompletionStage<List<Outcome<R>>> settle(List<? extends CompletionStage<R>> stages) {
        return all(stages.stream()
                .map(stage -> stage.handle((value, failure) -> new Outcome<R>(value, failure)))
                .toList());
    }

    /** The first failure among them; null if none failed. */
    static @Nullable Throwable firstFailure(List<? extends Outcome<?>> outcomes) {
        for (Outcome<?> outcome : outcomes) {
            if (outcome.failure() != null) {
                return outcome.failure();
            }
        }
        return null;
    }

    /** Answers what each came to, in their order, when all are complete. */
    static <R> CompletionStage<List<R>> all(List<? extends CompletionStage<R>> stages) {
        List<CompletableFuture<R>> each =
                stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> each.stream().map(CompletableFuture::join).toList());
    }
}
