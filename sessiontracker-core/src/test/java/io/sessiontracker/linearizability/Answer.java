package io.sessiontracker.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * What was answered.
 *
 * @param session the session that came with it
 * @param actual the version that a {@code VersionConflict} names, else 0
 */
record Answer(Outcome outcome, @Nullable Snapshot session, long actual) {

    static final Answer OK = of(Outcome.OK);
    static final Answer NOT_FOUND = of(Outcome.NOT_FOUND);
    static final Answer ALREADY_FINISHED = of(Outcome.ALREADY_FINISHED);
    static final Answer ALREADY_RESUMED = of(Outcome.ALREADY_RESUMED);
    /** The store threw: the call may take effect at any later time, or never. */
    static final Answer UNKNOWN = of(Outcome.UNKNOWN);

    /** Success, a failure, or neither. */
    enum Outcome {
        OK,
        IN_PROGRESS,
        NOT_FOUND,
        ALREADY_FINISHED,
        ALREADY_RESUMED,
        VERSION_CONFLICT,
        UNKNOWN
    }

    private static Answer of(Outcome outcome) {
        return new Answer(outcome, null, 0);
    }

    static Answer ok(Snapshot session) {
        return new Answer(Outcome.OK, session, 0);
    }

    static Answer inProgress(Snapshot running) {
        return new Answer(Outcome.IN_PROGRESS, running, 0);
    }

    static Answer conflict(Snapshot actual) {
        return new Answer(Outcome.VERSION_CONFLICT, null, actual.version());
    }

    boolean isUnknown() {
        return outcome == Outcome.UNKNOWN;
    }

    /** Whether it is certain that the call changed nothing. */
    boolean isRefusal() {
        return outcome != Outcome.OK && outcome != Outcome.UNKNOWN;
    }

    @Override
    public String toString() {
        return outcome + (session == null ? "" : " " + session) + (actual == 0 ? "" : " " + actual);
    }
}
