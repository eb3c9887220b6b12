package io.sessiontracker.benchmarks.report;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.benchmarks.measure.BenchmarkCase;
import io.sessiontracker.benchmarks.measure.CallCost;
import io.sessiontracker.benchmarks.measure.Measurements;
import io.sessiontracker.benchmarks.measure.MemoryCost;
import io.sessiontracker.benchmarks.measure.Samples.Ratio;

import static io.sessiontracker.benchmarks.report.Table.number;
import static java.util.stream.Collectors.joining;

/** The report in Markdown. */
public final class Report {

    private final Plan plan;
    private final Measurements measured;

    /** Creates a report of these measurements. */
    public Report(Plan plan, Measurements measured) {
        this.plan = plan;
        this.measured = measured;
    }

    /** Returns the text. */
    public String markdown() {
        StringBuilder text = new StringBuilder(head());
        for (Plan.Size size : plan.sizes()) {
            for (int threads : plan.threads()) {
                text.append("### Throughput: %s, %d thread%s%n%n"
                        .formatted(size.payload().title(), threads, threads == 1 ? "" : "s"));
                text.append(throughput(size, threads));
            }
        }
        text.append("### What one call costs\n\n").append(calls());
        text.append("### What one session takes in Redis\n\n").append(memory());
        text.append("### Sweep\n\n%s expired sessions are delivered per second, the median of three sweeps.%n%n"
                .formatted(number(measured.swept())));
        if (!measured.growth().isEmpty()) {
            text.append("### Growth: one call, by number of sessions\n\n").append(growth());
        }
        text.append(
                        "### Lookups by number of sessions: calls per second, relative to Spring Session's lookup by principal\n\n")
                .append(lookups());
        return text.append("### Goals\n\n")
                .append(Goals.NOTE.formatted(
                        plan.threads().stream().map(String::valueOf).collect(joining(" and "))))
                .append(new Goals(plan, measured).table())
                .toString();
    }

    private String head() {
        Runtime.Version java = Runtime.version();
        return """
                ## Benchmarks

                %s; %s %s, %d processors; Java %s; Redis %s on the same machine. %d rounds of %d ms.

                Ratios are relative to the baseline: a `RedisTemplate` with Jackson, with one `GET` or `SET` for a read or a write,
                and both for a change. They are ratios of medians over the rounds; in parentheses the smallest and the largest
                ratio within one round.

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

    private Table throughput(Plan.Size size, int threads) {
        List<Work> works = plan.works().stream()
                .filter(work -> !plan.namesAt(work, size).isEmpty())
                .toList();
        List<String> columns = new ArrayList<>(List.of(""));
        works.forEach(work -> columns.add(work.title()));
        Table table = new Table(columns);
        plan.entries().stream()
                .map(Candidates.Entry::name)
                .filter(name ->
                        works.stream().anyMatch(work -> plan.namesAt(work, size).contains(name)))
                .forEach(name -> {
                    List<String> row = new ArrayList<>(List.of(name));
                    works.forEach(work -> row.add(throughput(new BenchmarkCase(name, work, threads, size.payload()))));
                    table.row(row);
                });
        return table;
    }

    private String throughput(BenchmarkCase benchmarkCase) {
        BenchmarkCase baseline = benchmarkCase.with(Candidates.BASELINE, BaselineWork.of(benchmarkCase.work()));
        String perSecond = measured.samples()
                .median(benchmarkCase)
                .map(value -> number(value) + "/s")
                .orElse("");
        return benchmarkCase.candidate().equals(Candidates.BASELINE)
                ? perSecond
                : measured.samples()
                        .ratio(benchmarkCase, baseline)
                        .map(Report::text)
                        .orElse(perSecond);
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
        Table table = new Table(
                "", "bytes of `used_memory`", "relative to the baseline", "in own keys", "share of other keys");
        double baseline = measured.memory().get(Candidates.BASELINE).used();
        for (Map.Entry<String, MemoryCost> entry : measured.memory().entrySet()) {
            MemoryCost cost = entry.getValue();
            table.row(
                    entry.getKey(),
                    number(cost.used()),
                    number(cost.used() / baseline),
                    number(cost.own()),
                    number(cost.index()));
        }
        return table;
    }

    private Table lookups() {
        Table table = new Table("sessions", "threads", "by principal", "page of the same", "count");
        measured.lookups()
                .forEach((sessions, samples) -> plan.threads().forEach(threads -> {
                    BenchmarkCase principal =
                            new BenchmarkCase(Candidates.SPRING_SESSION_INDEXED, Work.PAGE, threads, Payload.SMALL);
                    table.row(
                            "%,d".formatted(sessions),
                            Integer.toString(threads),
                            samples.median(principal)
                                    .map(value -> number(value) + "/s")
                                    .orElse(""),
                            samples.ratio(principal.with(Candidates.INDEXED, Work.PAGE), principal)
                                    .map(Report::text)
                                    .orElse(""),
                            samples.ratio(principal.with(Candidates.INDEXED, Work.COUNT), principal)
                                    .map(Report::text)
                                    .orElse(""));
                }));
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
