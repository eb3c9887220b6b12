package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Makes asynchronous calls one after the other, in the order in which they were asked for. */
final class SerialCalls {

    /** Complete when the last call that was asked for is over. */
    private CompletableFuture<@Nullable Void> lastTurn = CompletableFuture.completedFuture(null);

    /** Makes a call once those before are over, however they ended. */
    <R> CompletableFuture<R> run(Supplier<CompletionStage<R>> call) {
        CompletableFuture<@Nullable Void> turn = new CompletableFuture<>();
        CompletableFuture<R> reply = nextTurn(turn).thenCompose(nothing -> call.get());
        var unused = reply.whenComplete((result, failure) -> turn.complete(null));
        // A copy: a caller that cancels it must not let the next call begin.
        return reply.copy();
    }

    /** Returns a stage that is complete when the turn has come. */
    private synchronized CompletableFuture<@Nullable Void> nextTurn(CompletableFuture<@Nullable Void> turn) {
        CompletableFuture<@Nullable Void> last = lastTurn;
        lastTurn = turn;
        return last;
    }
}
