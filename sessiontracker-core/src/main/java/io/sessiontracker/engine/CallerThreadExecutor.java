package io.sessiontracker.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTrackerException;

/** Runs tasks in the thread that waits for an answer, so that the code of a blocking call runs in its caller's thread. */
final class CallerThreadExecutor implements Executor {

    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private volatile boolean left;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        // Either this removes the task, or the leaving thread runs it.
        if (left && tasks.remove(task)) {
            throw new RejectedExecutionException("The caller does not wait any more");
        }
        if (Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Runs tasks until the call is answered. If the thread is interrupted it stays so, and a change that has not begun is withdrawn.
     */
    void await(ModifyCall<?> call, Object subject) {
        try {
            while (!call.isAnswered()) {
                Runnable task = tasks.poll();
                if (task != null) {
                    task.run();
                } else {
                    park(call, subject);
                }
            }
        } finally {
            leave();
        }
    }

    private void park(ModifyCall<?> call, Object subject) {
        LockSupport.park(this);
        if (thread.isInterrupted() && tasks.isEmpty()) {
            call.answer().completeExceptionally(interrupted(call.hasBegun(), subject));
        }
    }

    private static SessionTrackerException interrupted(boolean begun, Object subject) {
        InterruptedException cause = new InterruptedException();
        return begun
                ? new SessionStoreException(
                        "Interrupted while the change of %s was being stored; it may have been stored all the same"
                                .formatted(subject),
                        cause)
                : new SessionTrackerException(
                        "Interrupted before the change of %s had begun; nothing was changed".formatted(subject), cause);
    }

    /** Runs the tasks that are left, as others wait for them. A driver must not find the thread interrupted meanwhile. */
    private void leave() {
        left = true;
        if (tasks.isEmpty()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        if (interrupted) {
            thread.interrupt();
        }
    }
}
