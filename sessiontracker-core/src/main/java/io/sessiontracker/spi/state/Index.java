package io.sessiontracker.spi.state;

/** The ordered indexes that a {@link KeyStateStore} keeps for each session type. */
public enum Index {
    /** Running sessions by bucket and start: for scans. */
    RUNNING,
    /** Finished sessions by bucket and start: for scans. */
    FINISHED,
    /** Running sessions by their deadline: for counts, and to find expired ones. */
    RUNNING_DEADLINE,
    /** Finished sessions by their deadline: for counts, and to find expired ones. */
    FINISHED_DEADLINE,
    /** Keys with expired sessions awaiting delivery, by the end of the claim that ends first. */
    CLAIM,
    /** Keys with records of calls or expired sessions, by the moment at which the first is no longer needed. */
    CLEAN_UP;

    /** Returns the index of a type's running or finished sessions by start. */
    static Index sessions(boolean finished) {
        return finished ? FINISHED : RUNNING;
    }

    /** Returns the index of a type's running or finished sessions by deadline. */
    static Index deadlines(boolean finished) {
        return finished ? FINISHED_DEADLINE : RUNNING_DEADLINE;
    }

    /** Returns whether entries are ordered by bucket first. */
    boolean isByBucket() {
        return this == RUNNING || this == FINISHED;
    }
}
