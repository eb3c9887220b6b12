package io.sessiontracker.benchmarks.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.sessiontracker.engine.SweepSettings;

import static io.sessiontracker.benchmarks.simulation.MarkdownTable.percent;

/** Prints what the simulation says of sweeps. */
final class SweepTables {

    private SweepTables() {}

    static String shares(List<Integer> instances) {
        MarkdownTable table = new MarkdownTable(
                "Sweep: one type, 50 sessions expire a second",
                "instances",
                "calls/s",
                "claims in vain/s",
                "partitions repaired/s",
                "server busy",
                "delivered after p50 s",
                "p99 s",
                "longest s");
        long[] deadlines = new Random(14)
                .longs(6_000, 0, VirtualTime.seconds(120))
                .sorted()
                .toArray();
        for (int each : instances) {
            SharedSweeps.Outcome outcome = SharedSweeps.run(
                    new SharedSweeps.Setup(each, SweepSettings.BUILT_IN, MeasuredCosts.DELIVERY, 0), deadlines, 140);
            table.row(
                    each,
                    outcome.calls() / 140.0,
                    outcome.inVain() / 140.0,
                    outcome.repairs() / 140.0,
                    percent(outcome.busy()),
                    outcome.delivered().millis(0.5) / 1_000,
                    outcome.delivered().millis(0.99) / 1_000,
                    outcome.delivered().millis(1) / 1_000);
        }
        return table.toString();
    }

    static String massExpiry(List<Integer> instances, int due) {
        MarkdownTable table = new MarkdownTable(
                "%,d sessions expire at one moment".formatted(due),
                "instances",
                "listener takes ms",
                "batch size",
                "half delivered after s",
                "all after s",
                "others' get p50 ms",
                "p99 ms");
        long[] deadlines = new long[due];
        Arrays.fill(deadlines, VirtualTime.seconds(10));
        for (int each : instances) {
            for (double listener : List.of(0.0, 1.0)) {
                massExpiry(table, each, listener, SweepSettings.BUILT_IN.batchSize(), deadlines);
            }
        }
        massExpiry(table, instances.get(instances.size() - 1), 0, 10, deadlines);
        return table.toString();
    }

    private static void massExpiry(MarkdownTable table, int instances, double listener, int batch, long[] deadlines) {
        SweepSettings settings = new SweepSettings(true, Duration.ofSeconds(10), Duration.ofMinutes(1), batch, 5);
        SharedSweeps.Outcome outcome = SharedSweeps.run(
                new SharedSweeps.Setup(instances, settings, MeasuredCosts.DELIVERY + 1_000 * listener, 1_000),
                deadlines,
                20);
        table.row(
                instances,
                listener,
                batch,
                outcome.delivered().millis(0.5) / 1_000,
                outcome.delivered().millis(1) / 1_000,
                outcome.reads().millis(0.5),
                outcome.reads().millis(0.99));
    }
}
