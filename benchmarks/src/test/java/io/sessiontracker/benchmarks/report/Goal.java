package io.sessiontracker.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.sessiontracker.benchmarks.report.Table.number;

/** A bound, and the values reached in each case. */
final class Goal {

    private final String description;
    private final boolean atLeast;
    private final double bound;
    private final List<String> reached = new ArrayList<>();
    private boolean missed;

    private Goal(String description, boolean atLeast, double bound) {
        this.description = description;
        this.atLeast = atLeast;
        this.bound = bound;
    }

    static Goal atLeast(double bound, String description) {
        return new Goal(description, true, bound);
    }

    static Goal atMost(double bound, String description) {
        return new Goal(description, false, bound);
    }

    /** Adds a value, if measured; one that misses the bound is shown in bold. */
    Goal reached(String label, Optional<Double> measured) {
        measured.ifPresent(value -> {
            boolean isMet = atLeast ? value >= bound : value <= bound;
            missed |= !isMet;
            String text = (label + " " + number(value)).strip();
            reached.add(isMet ? text : "**" + text + "**");
        });
        return this;
    }

    Goal reached(Optional<Double> measured) {
        return reached("", measured);
    }

    List<String> row() {
        String verdict = reached.isEmpty() ? "not measured" : missed ? "no" : "yes";
        return List.of(
                description, (atLeast ? "at least " : "at most ") + number(bound), String.join(", ", reached), verdict);
    }
}
