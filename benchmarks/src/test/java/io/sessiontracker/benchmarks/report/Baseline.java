package io.sessiontracker.benchmarks.report;

import io.sessiontracker.benchmarks.contestant.Work;

/** What of the floor a work is compared to: the same, where it has that. */
final class Baseline {

    private Baseline() {}

    static Work of(Work work) {
        return switch (work) {
            case PEEK -> Work.GET;
            case MODIFY, HOT_MODIFY, LOCKED_CHANGE -> Work.CHANGE;
            default -> work;
        };
    }
}
