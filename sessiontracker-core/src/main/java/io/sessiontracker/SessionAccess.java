package io.sessiontracker;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a caller of the tracker is about to do, for a {@link SessionAuthorizer} to decide.
 *
 * @param operation the kind of operation
 * @param type the session type's name
 * @param key the session's key; null for an operation on many sessions
 * @param method the tracker's or query's method that was called, such as {@code "finishAndGet"}; the same for all APIs
 */
public record SessionAccess(
        Operation operation, String type, @Nullable String key, String method) {

    /** Requires all but the key. */
    public SessionAccess {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(method, "method");
    }

    /**
     * Kinds of operations. One that does two things is asked for twice: {@code getOrStart} is a {@link #READ} and a {@link #WRITE},
     * {@code getLocked} a {@link #LOCK} and a {@link #READ}.
     */
    public enum Operation {

        /** Reading a session, or when it expires: {@code get}, {@code getAll} (for each key), {@code peek}, {@code watch}. */
        READ,

        /** Starting a session, or changing a running one, which shows it: {@code start}, {@code modify}, {@code refresh}, {@code resume}. */
        WRITE,

        /** Locking a session. */
        LOCK,

        /** Ending sessions: {@code finish}, {@code delete}, {@code finishAll}, {@code deleteAll}. {@code finishAndGet} shows what it ends. */
        END,

        /** Counting sessions, or reading those that a query finds; not for each of them. */
        QUERY,

        /** Using the Actuator endpoint on sessions of a type. What that does with them is asked for as well. */
        ADMINISTER
    }
}
