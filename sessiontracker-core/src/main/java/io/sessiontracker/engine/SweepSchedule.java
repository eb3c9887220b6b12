package io.sessiontracker.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;

/** Sweeps from time to time in one thread, while it is started. */
final class SweepSchedule {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SessionSweeper sweeper;
    private final SessionEvents events;
    private final SweepSettings settings;
    private final ThreadFactory threads;
    private final SessionInstrumentation instrumentation;
    private @Nullable ScheduledThreadPoolExecutor executor;

    SweepSchedule(
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
        Thread thread = new Thread(task, "session-tracker-sweep");
        thread.setDaemon(true);
        return thread;
    }

    synchronized void start() {
        sweeper.start();
        if (settings.enabled() && executor == null) {
            executor = schedule(settings.interval().toMillis());
        }
    }

    /** Waits for the sweep that is under way, so that it does not meet a store that is closed. */
    synchronized void stop() {
        sweeper.stop();
        if (executor != null) {
            end(executor);
            executor = null;
        }
    }

    private ScheduledThreadPoolExecutor schedule(long interval) {
        ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(1, threads);
        // Instances that are started together do not sweep together.
        long first = ThreadLocalRandom.current().nextLong(interval + 1);
        var unused = scheduled.scheduleWithFixedDelay(this::sweep, first, interval, TimeUnit.MILLISECONDS);
        return scheduled;
    }

    // An executor drops a task that throws, for good and in silence.
    private void sweep() {
        try {
            sweeper.sweepShared();
            instrumentation.sweepRests();
        } catch (RuntimeException | Error failed) {
            events.report(new SessionTrackerError("A sweep failed", "*", null, failed));
        }
    }

    private static void end(ScheduledThreadPoolExecutor executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
