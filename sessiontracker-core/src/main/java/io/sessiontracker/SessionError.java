package io.sessiontracker;

import java.util.Objects;

/** The reason why an operation did nothing: the outcomes that a caller can expect and act on. */
public sealed interface SessionError {

    /** Returns the session type's name. */
    String type();

    /** Returns the application's key. */
    String key();

    /** Returns one sentence for a log line, with type and key and without the session's state. */
    String message();

    /** There is no such session: it was never started, was deleted, or expired. */
    record NotFound(String type, String key) implements SessionError {
        @Override
        public String message() {
            return "There is no session " + type + "/" + key;
        }
    }

    /** The session was finished, and none is running under its key. */
    record AlreadyFinished(String type, String key) implements SessionError {
        @Override
        public String message() {
            return "The session " + type + "/" + key + " is already finished";
        }
    }

    /** A session is running under the key already: the one that was to be resumed, or a new one. */
    record AlreadyResumed(String type, String key) implements SessionError {
        @Override
        public String message() {
            return "A session runs already under " + type + "/" + key;
        }
    }

    /**
     * A session is running under the key that was to be started.
     *
     * @param existing a fresh copy of the running session
     */
    record InProgress(Session existing) implements SessionError {

        /** Rejects null. */
        public InProgress {
            Objects.requireNonNull(existing, "existing");
        }

        /**
         * Returns the running session as its own class.
         *
         * @throws ClassCastException if it has another class
         */
        public <S extends Session> S existing(Class<S> type) {
            return type.cast(existing);
        }

        @Override
        public String type() {
            return SessionRules.displayName(existing.getClass());
        }

        @Override
        public String key() {
            return existing.getKey();
        }

        @Override
        public String message() {
            return "A session runs already under " + type() + "/" + key();
        }
    }

    /**
     * The stored session is not the one that the caller had read: it was written since, or is another start under the same key.
     *
     * @param expected the caller's version
     * @param actual the stored version
     */
    record VersionConflict(String type, String key, long expected, long actual) implements SessionError {
        @Override
        public String message() {
            return expected == actual
                    ? "The session %s/%s is another start than the one that was read".formatted(type, key)
                    : "The session %s/%s is at version %d, not %d".formatted(type, key, actual, expected);
        }
    }

    /**
     * The lock was not acquired.
     *
     * @param status {@link LockStatus#CONFLICTED} if another acquisition holds it, {@link LockStatus#NO_QUORUM} if too few
     *     servers confirmed it
     */
    record LockNotAcquired(String type, String key, LockStatus status) implements SessionError {
        @Override
        public String message() {
            return "The lock of the session %s/%s was not acquired: %s".formatted(type, key, status);
        }
    }
}
