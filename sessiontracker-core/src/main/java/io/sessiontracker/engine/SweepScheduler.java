package io.sessiontracker.engine;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;

/** Sweeps at intervals in one thread, from {@link #start} to {@link #stop}. */
final class SweepScheduler {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MIN_PAUSE = Duration.ofMillis(100);

    private final SessionSweeper sweeper;
    private final SessionEvents events;
    private final SweepSettings settings;
    private final ThreadFactory threads;
    private final SessionInstrumentation instrumentation;
    private @Nullable ScheduledThreadPoolExecutor executor;

    SweepScheduler(
            SessionSweeper sweeper,
            SessionEvents events,
            SweepSettings settings,
            ThreadFactory threads,
            SessionInstrumentation instrumentation) {
        this.sweeper = sweeper;
        this.events = events;
        this.settings = settings;
        this.threads = threads;
        this.instrumentation = instrumentation;
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "sessiontracker-sweep");
        thread.setDaemon(true);
        return thread;
    }

    synchronized void start() {
        sweeper.start();
        if (settings.enabled() && executor == null) {
            executor = schedule(settings.interval().toMillis());
        }
    }

    /** Waits for the sweep that is under way, so that it does not use a store that is closed. */
    synchronized void stop() {
        sweeper.stop();
        if (executor != null) {
            end(executor);
            executor = null;
        }
    }

    private ScheduledThreadPoolExecutor schedule(long interval) {
        ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(1, threads);
        scheduled.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // Instances that are started together do not sweep together.
        schedule(
                scheduled,
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(interval + 1)));
        return scheduled;
    }

    private void schedule(ScheduledThreadPoolExecutor scheduled, long nanos) {
        try {
            var unused = scheduled.schedule(() -> sweep(scheduled), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            // It was ended while it swept, and none is to follow.
        }
    }

    private void sweep(ScheduledThreadPoolExecutor scheduled) {
        long begun = System.nanoTime();
        try {
            sweeper.sweepShared();
            instrumentation.sweepCompleted();
        } catch (RuntimeException | Error failed) {
            events.report(new SessionTrackerError("A sweep failed", "*", null, failed));
        } finally {
            schedule(scheduled, pause(settings.interval(), System.nanoTime() - begun));
        }
    }

    /**
     * Returns the nanoseconds from the end of a sweep to the next one: sweeps begin an interval after one another, so that an expired
     * session waits no longer than that. After a sweep that took longer the next begins soon, but not at once.
     *
     * @param taken nanoseconds that the sweep took
     */
    static long pause(Duration interval, long taken) {
        return Math.max(interval.toNanos() - taken, Math.min(interval.toNanos(), MIN_PAUSE.toNanos()));
    }

    private static void end(ScheduledThreadPoolExecutor executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
