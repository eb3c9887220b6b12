package io.sessiontracker.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on another executor, a limited number of them at once; the others wait for their turn without a thread. So calls that block,
 * such as those that take a connection of a pool, do not wait there until they time out.
 */
final class LimitedExecutor implements Executor {

    private final Executor executor;
    private final int limit;

    // Guarded by this.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    LimitedExecutor(Executor executor, int limit) {
        this.executor = executor;
        this.limit = limit;
    }

    @Override
    public void execute(Runnable task) {
        if (!begin(task)) {
            return;
        }
        try {
            executor.execute(() -> run(task));
        } catch (RuntimeException | Error rejected) {
            Runnable next = passedOn(end());
            if (next != null) {
                run(next);
            }
            throw rejected;
        }
    }

    /** Returns whether the task may run now; if not it waits. */
    private synchronized boolean begin(Runnable task) {
        if (running == limit) {
            waiting.add(task);
            return false;
        }
        running++;
        return true;
    }

    /** Returns the task that takes the place of one that ended; null if none waits. */
    private synchronized @Nullable Runnable end() {
        Runnable next = waiting.poll();
        running -= next == null ? 1 : 0;
        return next;
    }

    private void run(Runnable task) {
        Runnable next = task;
        while (next != null) {
            try {
                next.run();
            } finally {
                next = passedOn(end());
            }
        }
    }

    /** Gives the executor a task, so that others of its tasks have their turn; returns the task if it takes none any more. */
    private @Nullable Runnable passedOn(@Nullable Runnable next) {
        if (next != null) {
            try {
                executor.execute(() -> run(next));
                return null;
            } catch (RejectedExecutionException closed) {
                return next;
            }
        }
        return null;
    }
}
