package io.sessiontracker.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionAddress;

/** Runs the application's callbacks for lost locks, on the workers. What one throws is reported, and affects nothing else. */
record LossCallbacks(CallbackExecutor workers, Consumer<SessionTrackerError> reporter) {

    /** Runs a task that itself contains no failures of the application. */
    void dispatch(SessionAddress address, Runnable task) {
        try {
            workers.executor().execute(task);
        } catch (RejectedExecutionException rejected) {
            report("The callback for a lost lock was not run", address, rejected);
        }
    }

    // Whatever it throws, also an Error: the callbacks after it run all the same.
    void run(SessionAddress address, Runnable callback) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            report("A callback for a lost lock failed", address, thrown);
        }
    }

    private void report(String activity, SessionAddress address, Throwable thrown) {
        reporter.accept(new SessionTrackerError(activity, address.type(), address.key(), thrown));
    }
}
