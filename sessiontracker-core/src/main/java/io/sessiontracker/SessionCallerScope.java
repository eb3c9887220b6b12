package io.sessiontracker;

import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** The caller that a piece of code names for the calls that it makes in its own thread. */
public final class SessionCallerScope implements SessionCallerResolver {

    private final ThreadLocal<@Nullable SessionCaller> current = new ThreadLocal<>();

    /** Creates a scope without a caller. */
    public SessionCallerScope() {}

    /**
     * Runs a task, and returns what it returns.
     *
     * @param caller who makes the calls of the task that are made in this thread; null for nobody
     */
    public <R> R call(@Nullable SessionCaller caller, Supplier<R> task) {
        SessionCaller before = current.get();
        current.set(caller);
        try {
            return task.get();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    @Override
    public Optional<SessionCaller> resolve() {
        return Optional.ofNullable(current.get());
    }
}
