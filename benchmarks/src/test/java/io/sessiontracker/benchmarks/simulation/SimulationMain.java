package io.sessiontracker.benchmarks.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

import io.sessiontracker.engine.SessionTrackerBuilder;

import static io.sessiontracker.benchmarks.simulation.MarkdownTable.percent;

/** Prints what the model and the simulation say of 1 to 1,000 instances on one Redis server. */
public final class SimulationMain {

    private static final List<Integer> INSTANCES = List.of(1, 10, 100, 1_000);
    private static final int WRITES_PER_SECOND = 5_000;
    /** Four within the default {@code max-staleness} of two seconds. */
    private static final double HEARTBEATS_PER_SECOND = 2;

    private static final int SESSIONS = 10_000;
    private static final int COPIES = 1_000;
    private static final int TYPES = 4;

    private SimulationMain() {}

    /** Takes {@code --out file}, {@code --instances n,n} and {@code --due n}: how many sessions expire at one moment. */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args);
        String report = run(options.numbers("--instances", INSTANCES), options.number("--due", 1_000_000));
        Files.writeString(options.out(), report);
        System.out.println(report);
    }

    static String run(List<Integer> instances, int due) {
        return cacheMessages(instances)
                + SweepTables.shares(instances)
                + locks(instances)
                + hotKey(instances)
                + SweepTables.massExpiry(instances, due)
                + CapacityTables.all();
    }

    private static String cacheMessages(List<Integer> instances) {
        MarkdownTable table = new MarkdownTable(
                "Near cache: %,d writes a second".formatted(WRITES_PER_SECOND),
                "instances",
                "caching a type",
                "a channel for each",
                "subscriptions",
                "messages delivered/s",
                "to a copy",
                "MB/s",
                "server busy",
                "write p99 ms",
                "heartbeat p99 ms");
        for (int each : instances) {
            for (double share : each < 100 ? List.of(1.0) : List.of(1.0, 0.25)) {
                for (Channels channels : Channels.values()) {
                    cacheMessages(table, each, share, COPIES, channels);
                }
            }
        }
        cacheMessages(table, instances.get(instances.size() - 1), 1, 100, Channels.BUCKET);
        return table.toString();
    }

    private static void cacheMessages(MarkdownTable table, int instances, double share, int copies, Channels channels) {
        CacheMessages.Outcome outcome = CacheMessages.run(new CacheMessages.Setup(
                instances, TYPES, share, copies, SESSIONS, WRITES_PER_SECOND, HEARTBEATS_PER_SECOND, channels));
        table.row(
                instances,
                percent(share) + (copies == COPIES ? "" : ", %d copies".formatted(copies)),
                channels.name().toLowerCase(Locale.ROOT),
                outcome.subscriptions(),
                outcome.delivered(),
                percent((double) outcome.wanted() / Math.max(1, outcome.delivered())),
                outcome.delivered() * (double) MeasuredCosts.MESSAGE_BYTES / 1e6,
                percent(outcome.busy()),
                outcome.writes().millis(0.99),
                outcome.heartbeats().millis(0.99));
    }

    private static String locks(List<Integer> instances) {
        MarkdownTable table = new MarkdownTable(
                "Locks held for 5 ms, one waiting caller in each instance",
                "instances",
                "locks",
                "releases/s",
                "attempts for each",
                "messages for each",
                "server busy",
                "waited p50 ms",
                "p99 ms");
        for (int each : instances) {
            for (int locks : each < 4 ? List.of(1) : List.of(1, each / 2)) {
                LockWakeUps.Outcome outcome = LockWakeUps.run(new LockWakeUps.Setup(each, locks, 5_000, 4));
                table.row(
                        each,
                        locks,
                        outcome.releases() / 4,
                        (double) outcome.attempts() / outcome.releases(),
                        (double) outcome.messages() / outcome.releases(),
                        percent(outcome.busy()),
                        outcome.waits().millis(0.5),
                        outcome.waits().millis(0.99));
            }
        }
        return table.toString();
    }

    private static String hotKey(List<Integer> instances) {
        MarkdownTable table = new MarkdownTable(
                "One session that all instances modify all the time",
                "instances",
                "callers each",
                "changes/s",
                "writes for each stored one",
                "failed",
                "server busy",
                "stored after p50 ms",
                "p99 ms");
        for (int each : instances) {
            for (int callers : List.of(1, 8)) {
                HotKey.Outcome outcome =
                        HotKey.run(new HotKey.Setup(each, callers, SessionTrackerBuilder.MODIFY_ATTEMPTS, 4));
                table.row(
                        each,
                        callers,
                        outcome.changes() / 4,
                        (double) outcome.writes() / Math.max(1, outcome.writes() - outcome.refused()),
                        percent((double) outcome.failed() / Math.max(1, outcome.failed() + outcome.changes())),
                        percent(outcome.busy()),
                        outcome.waits().millis(0.5),
                        outcome.waits().millis(0.99));
            }
        }
        return table.toString();
    }
}
