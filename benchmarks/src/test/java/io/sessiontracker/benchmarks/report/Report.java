package io.sessiontracker.benchmarks.report;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.contestant.Candidates;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.Work;
import io.sessiontracker.benchmarks.measure.BenchmarkCase;
import io.sessiontracker.benchmarks.measure.CallCost;
import io.sessiontracker.benchmarks.measure.Measurements;
import io.sessiontracker.benchmarks.measure.MemoryCost;
import io.sessiontracker.benchmarks.measure.Samples.Ratio;

import static io.sessiontracker.benchmarks.report.Table.number;

/** All that was measured, in Markdown. */
public final class Report {

    private final Plan plan;
    private final Measurements measured;

    /** Of these measurements. */
    public Report(Plan plan, Measurements measured) {
        this.plan = plan;
        this.measured = measured;
    }

    /** The text. */
    public String markdown() {
        StringBuilder text = new StringBuilder(head());
        for (Payload payload : plan.payloads()) {
            for (int threads : plan.threads()) {
                text.append("### Throughput: %s, %d thread%s%n%n"
                        .formatted(payload.title(), threads, threads == 1 ? "" : "s"));
                text.append(throughput(payload, threads));
            }
        }
        text.append("### What one call costs\n\n").append(calls());
        text.append("### What one session takes in Redis\n\n").append(memory());
        text.append("### SweepMeasurement\n\n%s sessions per second are told as expired.%n%n"
                .formatted(number(measured.swept())));
        if (!measured.growth().isEmpty()) {
            text.append("### Growth: one call, by how many sessions there are\n\n")
                    .append(growth());
        }
        return text.append("### Goals\n\n")
                .append(new Goals(plan, measured).table())
                .toString();
    }

    private String head() {
        Runtime.Version java = Runtime.version();
        return """
                ## Benchmarks

                %s; %s %s, %d processors; Java %s; Redis %s on the same machine. %d rounds of %d ms.

                Ratios are to the floor's: a `RedisTemplate` with Jackson, one `GET` or `SET` for what reads or writes once, both
                for a change. They are ratios of medians over the rounds; in parentheses the least and the greatest ratio within
                one round.

                """.formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        java,
                        measured.redis(),
                        plan.rounds(),
                        plan.slice().toMillis());
    }

    private Table throughput(Payload payload, int threads) {
        List<String> columns = new ArrayList<>(List.of(""));
        plan.works().forEach(work -> columns.add(work.title()));
        Table table = new Table(columns);
        for (Candidates.Entry entry : plan.entries()) {
            List<String> row = new ArrayList<>(List.of(entry.name()));
            plan.works().forEach(work -> row.add(throughput(new BenchmarkCase(entry.name(), work, threads, payload))));
            table.row(row);
        }
        return table;
    }

    private String throughput(BenchmarkCase cell) {
        BenchmarkCase floor = cell.at(Candidates.FLOOR, Baseline.of(cell.work()));
        String perSecond = measured.samples()
                .median(cell)
                .map(value -> number(value) + "/s")
                .orElse("");
        return cell.contestant().equals(Candidates.FLOOR)
                ? perSecond
                : measured.samples().ratio(cell, floor).map(Report::text).orElse(perSecond);
    }

    static String text(Ratio ratio) {
        return "%s (%s to %s)".formatted(number(ratio.value()), number(ratio.least()), number(ratio.most()));
    }

    private Table calls() {
        Table table = new Table(
                "", "work", "commands", "bytes sent", "bytes received", "waited µs", "server µs", "bytes allocated");
        measured.calls()
                .forEach((name, costs) -> costs.forEach((work, cost) -> table.row(
                        name,
                        work.title(),
                        cost.commands(),
                        number(cost.bytesIn()),
                        number(cost.bytesOut()),
                        number(cost.micros()),
                        number(cost.serverMicros()),
                        number(cost.allocated()))));
        return table;
    }

    private Table memory() {
        Table table = new Table("", "bytes of `used_memory`", "to the floor", "in its own keys", "its share of others");
        double floor = measured.memory().get(Candidates.FLOOR).used();
        for (Map.Entry<String, MemoryCost> entry : measured.memory().entrySet()) {
            MemoryCost cost = entry.getValue();
            table.row(
                    entry.getKey(),
                    number(cost.used()),
                    number(cost.used() / floor),
                    number(cost.own()),
                    number(cost.index()));
        }
        return table;
    }

    private Table growth() {
        Table table = new Table("sessions", "work", "waited µs", "server µs");
        measured.growth()
                .forEach((sessions, costs) -> costs.forEach((Work work, CallCost cost) -> table.row(
                        "%,d".formatted(sessions), work.title(), number(cost.micros()), number(cost.serverMicros()))));
        return table;
    }
}
