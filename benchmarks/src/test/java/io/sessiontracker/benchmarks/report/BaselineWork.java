package io.sessiontracker.benchmarks.report;

import io.sessiontracker.benchmarks.candidate.Work;

/** Chooses the baseline's work that a work is compared to: the same one, if the baseline has it. */
final class BaselineWork {

    private BaselineWork() {}

    static Work of(Work work) {
        return switch (work) {
            case PEEK -> Work.GET;
            case MODIFY, HOT_MODIFY, LOCKED_CHANGE -> Work.CHANGE;
            default -> work;
        };
    }
}
