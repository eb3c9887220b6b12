package io.sessiontracker.benchmarks.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.simulation.ServerTime.Cost;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.testing.RedisServer;

/** Measures the costs that the model and the simulation begin from, on a real Redis server, and prints them. */
public final class ServerTimeMain {

    private final StringBuilder report = new StringBuilder();

    private ServerTimeMain() {}

    /** Takes {@code --out file}, and {@code --calls n --due n,n --sessions n} for more or fewer than the standard. */
    public static void main(String[] args) throws IOException {
        Options options = Options.parse(args);
        String report = run(
                options.number("--calls", 40_000),
                options.numbers("--due", List.of(10_000, 100_000)),
                options.number("--sessions", 200_000));
        Files.writeString(options.out(), report);
        System.out.println(report);
        System.exit(0); // Threads of a driver may still be running.
    }

    static String run(int calls, List<Integer> due, int sessions) throws IOException {
        ServerTimeMain measured = new ServerTimeMain();
        try (RedisServer server = RedisServer.launch()) {
            measured.calls(server, calls);
            measured.messages(server, 10 * calls);
            measured.sweeps(new SweepTimes(server), due);
            measured.contention(new ContentionTimes(server));
            measured.memory(new SessionMemory(server), sessions);
        }
        measured.database(new DatabaseTimes(calls / 2));
        return measured.report.toString();
    }

    private void calls(RedisServer server, int calls) {
        header("call");
        new CallTimes(server, calls / 4).measure(); // warms up
        new CallTimes(server, calls).measure().forEach(this::row);
    }

    private void messages(RedisServer server, int deliveries) {
        for (int together : List.of(1, 16, 128)) {
            header("message, %d published at a time".formatted(together));
            new MessageTimes(server, deliveries)
                    .measure(together)
                    .forEach((subscribers, cost) -> row("to %,d subscribers".formatted(subscribers), cost));
        }
    }

    private void sweeps(SweepTimes sweeps, List<Integer> due) {
        header("sweep");
        row("claim, nothing due", sweeps.idle(SessionSweep.claim("order", 100, 60_000), 1_000));
        row("repair of a type without sessions", sweeps.idle(SessionSweep.repair("order", 600_000), 1));
        row("share of repairs, none left", sweeps.idle(SessionSweep.repair("order", 600_000), 1_000));
        for (int expired : due) {
            row("claim, %,d due".formatted(expired), sweeps.claimed(expired));
            for (int instances : List.of(1, 4, 16)) {
                SweepTimes.Sweeps swept = sweeps.due(expired, instances);
                row("delivery, %,d due, instances: %d".formatted(expired, instances), swept.delivery());
                line("| reads meanwhile | p50 %.1f ms | p99 %.1f ms | | |"
                        .formatted(swept.reads().millis(0.5), swept.reads().millis(0.99)));
            }
        }
    }

    private void contention(ContentionTimes contention) {
        line("%n| one session, instances × callers | changes/s | least share | p50 ms | p99 ms |%n|---|---|---|---|---|"
                .formatted());
        for (int instances : List.of(1, 4, 8)) {
            for (int callers : List.of(1, 8)) {
                ContentionTimes.Outcome outcome = contention.measure(instances, callers);
                line("| %d × %d | %,.0f | %.3f | %.2f | %.1f |"
                        .formatted(
                                instances,
                                callers,
                                outcome.changesPerSecond(),
                                outcome.leastShare(),
                                outcome.p50Millis(),
                                outcome.p99Millis()));
            }
        }
    }

    private void memory(SessionMemory memory, int sessions) {
        line("%n| bytes of a session among %,d | |%n|---|---|".formatted(sessions));
        for (String candidate : List.of(Candidates.UNQUERYABLE, Candidates.TRACKER, Candidates.INDEXED)) {
            line("| %s | %.0f |".formatted(candidate, memory.bytes(candidate, sessions)));
        }
    }

    private void database(DatabaseTimes database) throws IOException {
        line("%n| PostgreSQL | server µs |%n|---|---|".formatted());
        database.measure().forEach((call, micros) -> line("| %s | %.0f |".formatted(call, micros)));
    }

    private void header(String what) {
        line("%n| %s | server µs | bytes in | bytes out | done per second |%n|---|---|---|---|---|".formatted(what));
    }

    private void row(String what, Cost cost) {
        line(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f | %.0f | %,.0f |",
                what,
                cost.micros(),
                cost.bytesIn(),
                cost.bytesOut(),
                cost.perSecond()));
    }

    private void line(String line) {
        System.err.println(line);
        report.append(line).append('\n');
    }
}
