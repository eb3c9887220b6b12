package io.sessiontracker.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/** The callbacks for the loss of one lock, and the timer that notices it. A lock without callbacks has none, and costs no timer. */
final class LossWatch {

    private final SessionAddress address;
    private final LossCallbacks callbacks;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Future<?> timer = CompletableFuture.completedFuture(null);

    LossWatch(SessionAddress address, LossCallbacks callbacks) {
        this.address = address;
        this.callbacks = callbacks;
    }

    synchronized void add(Runnable callback) {
        waiting.add(callback);
    }

    /** Runs a task after that time, instead of the one that was to run before. */
    synchronized void lookAfter(long nanos, Runnable task) {
        timer.cancel(false);
        timer = BackgroundTasks.runAfter(nanos, TimeUnit.NANOSECONDS, task);
    }

    /** Runs the callbacks added so far, each once. Not in this thread, which has the lock's handle locked. */
    synchronized void lost() {
        timer.cancel(false);
        BackgroundTasks.executor().execute(() -> callbacks.dispatch(address, this::runWaiting));
    }

    /** Runs no callback that has not begun. */
    synchronized void end() {
        timer.cancel(false);
        waiting.clear();
    }

    private void runWaiting() {
        for (Runnable next = next(); next != null; next = next()) {
            callbacks.run(address, next);
        }
    }

    private synchronized @Nullable Runnable next() {
        return waiting.poll();
    }
}
