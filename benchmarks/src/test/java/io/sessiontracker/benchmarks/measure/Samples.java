package io.sessiontracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operations per second, by cell, one for each round. */
public final class Samples {

    private final Map<BenchmarkCase, List<Double>> values = new HashMap<>();

    void add(BenchmarkCase cell, double operationsPerSecond) {
        values.computeIfAbsent(cell, c -> new ArrayList<>()).add(operationsPerSecond);
    }

    /** The median of the rounds; empty if it was not measured. */
    public Optional<Double> median(BenchmarkCase cell) {
        return Optional.ofNullable(values.get(cell)).map(Samples::median);
    }

    /** How a cell compares to another; empty unless both were measured. */
    public Optional<Ratio> ratio(BenchmarkCase cell, BenchmarkCase to) {
        List<Double> own = values.get(cell);
        List<Double> others = values.get(to);
        if (own == null || others == null) {
            return Optional.empty();
        }
        double[] byRound = IntStream.range(0, own.size())
                .mapToDouble(round -> own.get(round) / others.get(round))
                .sorted()
                .toArray();
        return Optional.of(new Ratio(median(own) / median(others), byRound[0], byRound[byRound.length - 1]));
    }

    static double median(List<Double> samples) {
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * A ratio of medians, and its spread.
     *
     * @param least the least ratio within one round
     * @param most the greatest
     */
    public record Ratio(double value, double least, double most) {}
}
