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
        Delay delayed = new Delay();
        var unusedTask = delayed.thenAccept(isOver -> {
            if (isOver) {
                var unused = CompletableFuture.runAsync(task, THREADS);
            }
        });
        return delayed.completeOnTimeout(true, delay, unit);
    }

    /**
     * Completes with whether the delay is over. Unlike a delayed executor's task, one that is cancelled leaves the JDK's queue of
     * delays at once. It then completes without an exception: most delays are time-outs of calls that are answered, and filling in a
     * stack trace takes longer than all else here.
     */
    private static final class Delay extends CompletableFuture<Boolean> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return complete(false);
        }
    }

    private static ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("sessiontracker-background-" + thread.getPoolIndex());
        return thread;
    }
}
