package io.sessiontracker.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Operations one after the other. */
final class Steps {

    private Steps() {}

    /**
     * Repeats a step for as long as it answers that there is more to do. Does not call itself where stages are complete
     * already, so any number of steps is fine.
     */
    static CompletionStage<Void> repeat(Supplier<CompletionStage<Boolean>> step) {
        while (true) {
            CompletableFuture<Boolean> more = step.get().toCompletableFuture();
            if (!more.isDone() || more.isCompletedExceptionally()) {
                return more.thenCompose(goOn -> goOn ? repeat(step) : done());
            }
            if (!more.join()) {
                return done();
            }
        }
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
