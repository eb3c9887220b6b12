package io.sessiontracker.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.sessiontracker.benchmarks.report.Table.number;

/** A bound, and what was reached in each of the circumstances that were measured. */
final class Goal {

    private final String what;
    private final boolean atLeast;
    private final double bound;
    private final List<String> reached = new ArrayList<>();
    private boolean missed;

    private Goal(String what, boolean atLeast, double bound) {
        this.what = what;
        this.atLeast = atLeast;
        this.bound = bound;
    }

    static Goal atLeast(double bound, String what) {
        return new Goal(what, true, bound);
    }

    static Goal atMost(double bound, String what) {
        return new Goal(what, false, bound);
    }

    /** Adds what was reached, if it was measured; a miss is shown in bold. */
    Goal reached(String circumstance, Optional<Double> measured) {
        measured.ifPresent(value -> {
            boolean met = atLeast ? value >= bound : value <= bound;
            missed |= !met;
            String text = (circumstance + " " + number(value)).strip();
            reached.add(met ? text : "**" + text + "**");
        });
        return this;
    }

    Goal reached(Optional<Double> measured) {
        return reached("", measured);
    }

    List<String> row() {
        String met = reached.isEmpty() ? "not measured" : missed ? "no" : "yes";
        return List.of(what, (atLeast ? "at least " : "at most ") + number(bound), String.join(", ", reached), met);
    }
}
