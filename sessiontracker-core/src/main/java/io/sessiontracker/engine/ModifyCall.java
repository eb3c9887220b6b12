package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;

/**
 * One caller's {@code modify}, from the call to its answer. Whoever completes {@link #answer} before the change has begun, as by
 * cancelling it, withdraws the change.
 */
final class ModifyCall<S extends Session> {

    private final Consumer<? super S> change;
    private final Executor thread;
    private final CompletableFuture<SessionResult<S>> answer = new CompletableFuture<>();
    private volatile boolean begun;
    // What follows is touched by whoever drives the queue, one at a time.
    private @Nullable SessionVersion base;
    private int refusals;
    private int passes;
    private long arrival;

    /**
     * @param change already in the caller's context
     * @param thread runs the change and decodes the answer: the caller's own thread, or a worker
     */
    ModifyCall(Consumer<? super S> change, Executor thread) {
        this.change = change;
        this.thread = thread;
    }

    CompletableFuture<SessionResult<S>> answer() {
        return answer;
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    /** Whether the change may have been stored, or may still be. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether its caller waits in its own thread, so that this thread is free to do the work. */
    boolean isWaiting() {
        return thread instanceof WaitingCaller;
    }

    /**
     * Whether the change may be applied to that session. A call that has seen one start of a key is never applied to another: the
     * session that it was meant for is gone.
     */
    boolean accepts(SessionVersion current) {
        return base == null || base.id().equals(current.id());
    }

    @Nullable
    SessionVersion base() {
        return base;
    }

    void apply(S session, SessionVersion current) {
        begun = true;
        base = current;
        Futures.application(() -> {
            change.accept(session);
            return true;
        });
    }

    /** Nothing of it was stored, and it waits for its next turn. */
    void reset() {
        begun = false;
    }

    /** Counts that a write with this change was refused, because somebody else was faster. */
    void refused() {
        refusals++;
    }

    int refusals() {
        return refusals;
    }

    void arrived(long number) {
        arrival = number;
    }

    /** Orders the calls of a queue by when they came. */
    long arrival() {
        return arrival;
    }

    /** Counts that others went on, because this change took too long. */
    void passedOver() {
        passes++;
    }

    /** How often {@link #passedOver} was called: each time the change gets twice as long. */
    int passes() {
        return passes;
    }

    /** Runs a task where this call's code runs; false if that is not possible any more. */
    boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RuntimeException rejected) {
            answer.completeExceptionally(rejected);
            return false;
        }
    }

    void complete(Supplier<SessionResult<S>> result) {
        run(() -> completeHere(result));
    }

    void completeHere(Supplier<SessionResult<S>> result) {
        try {
            answer.complete(result.get());
        } catch (RuntimeException | Error failed) {
            answer.completeExceptionally(failed);
        }
    }

    void fail(Throwable failure) {
        run(() -> answer.completeExceptionally(failure));
    }
}
