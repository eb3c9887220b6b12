package io.sessiontracker.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.sessiontracker.benchmarks.report.Table.number;
import static java.util.stream.Collectors.joining;

/** A bound for each of some values, and what they reached. */
final class Goal {

    private final String description;
    private final boolean atLeast;
    private final List<String> bounds = new ArrayList<>();
    private final List<String> reached = new ArrayList<>();
    private boolean missed;

    private Goal(String description, boolean atLeast) {
        this.description = description;
        this.atLeast = atLeast;
    }

    static Goal atLeast(String description) {
        return new Goal(description, true);
    }

    static Goal atMost(String description) {
        return new Goal(description, false);
    }

    /** Adds a value, if measured; one that misses its bound is shown in bold. */
    Goal value(double bound, Optional<Double> measured) {
        return value("", bound, measured);
    }

    Goal value(String label, double bound, Optional<Double> measured) {
        bounds.add(number(bound));
        measured.ifPresent(value -> {
            boolean isMet = atLeast ? value >= bound : value <= bound;
            missed |= !isMet;
            String text = (label + " " + number(value)).strip();
            reached.add(isMet ? text : "**" + text + "**");
        });
        return this;
    }

    List<String> row() {
        String verdict = reached.size() < bounds.size() ? "not measured" : missed ? "no" : "yes";
        return List.of(
                description,
                bounds.stream().distinct().collect(joining(", ", atLeast ? "≥ " : "≤ ", "")),
                String.join(", ", reached),
                verdict);
    }
}
