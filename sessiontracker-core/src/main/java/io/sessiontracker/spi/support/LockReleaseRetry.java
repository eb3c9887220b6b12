package io.sessiontracker.spi.support;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Releases a lock, and retries later if the release failed: at growing intervals, until the lease has freed the lock anyway. So a
 * lock is never left to a long lease because its service was away for a moment.
 */
public final class LockReleaseRetry {

    private static final long FIRST_DELAY_MILLIS = 1_000;

    private final Supplier<CompletionStage<Boolean>> unlock;
    private final long leaseMillis;
    private final Timer timer;

    /** Runs a task after a delay. */
    @FunctionalInterface
    public interface Timer {

        /** Runs the task after so many milliseconds, on any thread; never once the service is closed. */
        void schedule(Runnable task, long delayMillis);
    }

    /**
     * Creates a release that can be retried.
     *
     * @param unlock releases the lock if it is held; answers whether it was, and never throws
     * @param leaseMillis how long the lock lasts without a release
     */
    public LockReleaseRetry(Supplier<CompletionStage<Boolean>> unlock, long leaseMillis, Timer timer) {
        this.unlock = unlock;
        this.leaseMillis = leaseMillis;
        this.timer = timer;
    }

    /**
     * Releases a lock that was held. If it no longer is, there is nothing left to do.
     *
     * @return complete with the first attempt
     */
    public CompletionStage<@Nullable Void> releaseHeld() {
        return release(false);
    }

    /**
     * Releases a lock that a request in doubt may have taken. An attempt that does not find the lock proves little: the request may
     * reach the service after it, over another connection. So it is retried as well.
     *
     * @return complete with the first attempt
     */
    public CompletionStage<@Nullable Void> releaseInDoubt() {
        return release(true);
    }

    private CompletionStage<@Nullable Void> release(boolean inDoubt) {
        return attempt(inDoubt, FIRST_DELAY_MILLIS).thenApply(released -> null);
    }

    private CompletionStage<Boolean> attempt(boolean inDoubt, long delay) {
        CompletionStage<Boolean> attempt = unlock.get();
        var unused = attempt.whenComplete((released, failure) -> {
            boolean done = failure == null && (released || !inDoubt);
            if (!done && delay <= 2 * leaseMillis) {
                timer.schedule(
                        () -> {
                            var unusedAttempt = attempt(inDoubt, 2 * delay);
                        },
                        Math.min(delay, leaseMillis));
            }
        });
        return attempt;
    }
}
