package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;

/**
 * One caller's {@code modify}, from the call to its answer. Completing {@link #answer} before the change has begun, as by cancelling it,
 * withdraws the change.
 */
final class ModifyCall<S extends Session> {

    private final SessionChange<S> change;
    private final Executor thread;
    private final CompletableFuture<SessionResult<S>> answer = new CompletableFuture<>();
    private volatile boolean begun;
    // Used by the queue, by one thread at a time.
    private @Nullable SessionVersion base;
    private int refusals;
    private int passes;
    private long arrival;
    private boolean readRequired;

    /**
     * Creates a call that no queue has yet.
     *
     * @param change already in the caller's context
     * @param thread runs the change and decodes the answer: the caller's own thread, or a worker
     */
    ModifyCall(SessionChange<S> change, Executor thread) {
        this.change = change;
        this.thread = thread;
    }

    CompletableFuture<SessionResult<S>> answer() {
        return answer;
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    /** Returns whether the change may have been stored, or may still be. */
    boolean hasBegun() {
        return begun;
    }

    /** Returns whether its caller waits in its own thread, so that this thread is free to do the work. */
    boolean isBlocking() {
        return thread instanceof CallerThreadExecutor;
    }

    /**
     * Returns whether the change may be applied to that session. A call that has read one start of a key is never applied to another:
     * the session that it was meant for is gone.
     */
    boolean accepts(SessionVersion current) {
        return base == null || base.id().equals(current.id());
    }

    @Nullable
    SessionVersion base() {
        return base;
    }

    /**
     * Makes the change.
     *
     * @param read the session's version; null if it was not read, so that another start may have replaced it before this call
     * @return false if there is nothing to be stored, as the operation was applied before
     */
    boolean apply(S session, @Nullable SessionVersion read) {
        begun = true;
        if (read != null) {
            base = read;
        }
        return Futures.application(() -> change.applyTo(session));
    }

    /** Notes that nothing of it was stored, and that it waits for its next turn. */
    void reset() {
        begun = false;
    }

    /** Counts a write with this change that was refused, because another writer was faster. */
    void refused() {
        refusals++;
    }

    int refusals() {
        return refusals;
    }

    /** Notes that a queue has it now, where nothing of it was stored yet. */
    void arrived(long number) {
        reset();
        arrival = number;
    }

    /** Returns the call's number among those of its queue. */
    long arrival() {
        return arrival;
    }

    /** Demands that its change is made to a session as it was read after this, without other changes. */
    void requireRead() {
        readRequired = true;
    }

    boolean requiresRead() {
        return readRequired;
    }

    /** Counts a turn that was taken away, because this change took too long. */
    void passedOver() {
        passes++;
    }

    /** Returns how often {@link #passedOver} was called: each time the change gets twice as long. */
    int passes() {
        return passes;
    }

    /** Runs a task on this call's thread; returns false if that is not possible any more. */
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
