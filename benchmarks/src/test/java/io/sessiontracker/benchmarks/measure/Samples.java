package io.sessiontracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operations per second of each case, one sample per round. */
public final class Samples {

    private final Map<BenchmarkCase, List<Double>> values = new HashMap<>();

    void add(BenchmarkCase benchmarkCase, double operationsPerSecond) {
        values.computeIfAbsent(benchmarkCase, c -> new ArrayList<>()).add(operationsPerSecond);
    }

    /** Returns the median of the rounds; empty if not measured. */
    public Optional<Double> median(BenchmarkCase benchmarkCase) {
        return Optional.ofNullable(values.get(benchmarkCase)).map(Samples::median);
    }

    /** Returns the ratio of two cases; empty unless both were measured. */
    public Optional<Ratio> ratio(BenchmarkCase benchmarkCase, BenchmarkCase to) {
        List<Double> own = values.get(benchmarkCase);
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
     * @param least the smallest ratio within one round
     * @param most the largest ratio within one round
     */
    public record Ratio(double value, double least, double most) {}
}
