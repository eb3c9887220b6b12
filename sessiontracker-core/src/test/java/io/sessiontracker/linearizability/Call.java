package io.sessiontracker.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * What was asked.
 *
 * @param tag what the call writes, unique
 * @param base the instance that an update or an object form was called with
 */
record Call(Kind kind, String tag, @Nullable Snapshot base) {

    /** The method. */
    enum Kind {
        START,
        GET_OR_START,
        GET,
        PEEK,
        GET_FINISHED,
        REFRESH,
        UPDATE,
        UPDATE_AND_GET,
        MODIFY,
        FINISH,
        FINISH_AND_GET,
        RESUME,
        RESUME_AND_GET,
        DELETE;

        /** One that changes as much. */
        Kind withoutAnswer() {
            return switch (this) {
                case GET_OR_START -> START;
                case UPDATE_AND_GET -> UPDATE;
                case FINISH_AND_GET -> FINISH;
                case RESUME_AND_GET -> RESUME;
                default -> this;
            };
        }

        boolean isRead() {
            return switch (this) {
                case GET, PEEK, GET_FINISHED, REFRESH -> true;
                default -> false;
            };
        }
    }

    /** Whether it is about a session that runs, or about this one. */
    boolean means(@Nullable Snapshot session) {
        return session != null && (base == null || base.isSameVersion(session));
    }

    @Override
    public String toString() {
        return kind + " " + tag + (base == null ? "" : " of " + base);
    }
}
