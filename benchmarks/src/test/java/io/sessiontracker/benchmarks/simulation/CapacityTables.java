package io.sessiontracker.benchmarks.simulation;

import java.util.List;

import static io.sessiontracker.benchmarks.simulation.MarkdownTable.percent;

/** Prints what the model says of one Redis node and of Clusters. */
final class CapacityTables {

    private CapacityTables() {}

    static String all() {
        MarkdownTable calls = new MarkdownTable("One Redis node, half busy", "call", "server µs", "per second");
        MeasuredCosts.calls().forEach((call, micros) -> calls.row(call, micros, Capacity.perSecond(micros)));
        MarkdownTable examples = new MarkdownTable(
                "Examples: sessions of 0.5 KB that run half an hour, four reads for each change, 20 instances",
                "sessions",
                "changes/s",
                "queryable",
                "nodes half busy",
                "one node busy",
                "GB",
                "MB/s");
        for (long sessions : List.of(100_000L, 1_000_000L, 10_000_000L)) {
            for (boolean queryable : List.of(true, false)) {
                double changes = sessions / 200.0;
                Capacity capacity = new Capacity(sessions, 1_800, 4 * changes, changes, queryable ? 20 : 0, queryable);
                examples.row(
                        sessions,
                        changes,
                        queryable ? "yes" : "no",
                        capacity.nodes(),
                        percent(capacity.busy()),
                        capacity.gigabytes(),
                        capacity.network() / 1e6);
            }
        }
        return calls.toString() + examples + cluster();
    }

    private static String cluster() {
        MarkdownTable table = new MarkdownTable(
                "A Cluster: buckets of the fullest node relative to the average", "nodes", "one type", "four types");
        for (int nodes : List.of(3, 6, 12, 24, 48, 96)) {
            table.row(
                    nodes,
                    ClusterShares.fullest(List.of("checkout"), nodes),
                    ClusterShares.fullest(List.of("checkout", "chat", "wizard", "agent"), nodes));
        }
        return table.toString();
    }
}
