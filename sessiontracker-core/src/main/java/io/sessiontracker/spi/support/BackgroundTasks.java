package io.sessiontracker.spi.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks at once or later on daemon threads of this library's own, which end when they are idle. Not on the JDK's common pool,
 * where {@link CompletableFuture} runs what names no executor: an application may fill that one with callers that wait for just these
 * tasks, as by calling {@code lock} in a parallel stream. Tasks must not block for long, as they share a thread per processor.
 */
public final class BackgroundTasks {

    private static final ForkJoinPool THREADS = new ForkJoinPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), BackgroundTasks::newThread, null, true);

    private BackgroundTasks() {}

    /** Returns the threads, for tasks that are to run at once. */
    public static Executor executor() {
        return THREADS;
    }

    /**
     * Runs a task after a delay.
     *
     * @return cancels the delay; a task that has begun goes on
     */
    public static Future<?> runAfter(long delay, TimeUnit unit, Runnable task) {
        CompletableFuture<Boolean> timer = new CompletableFuture<Boolean>().completeOnTimeout(true, delay, unit);
        // Unlike a delayed executor's task, a cancelled timer leaves the JDK's queue of delays at once.
        var unused = timer.thenRunAsync(task, THREADS);
        return timer;
    }

    private static ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("sessiontracker-background-" + thread.getPoolIndex());
        return thread;
    }
}
