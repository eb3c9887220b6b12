package io.sessiontracker.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.JdbcCandidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.benchmarks.measure.BenchmarkCase;
import io.sessiontracker.benchmarks.measure.JdbcMeasurements;
import io.sessiontracker.benchmarks.measure.Samples.Ratio;

import static io.sessiontracker.benchmarks.report.Table.number;

/** The report of a database in Markdown. */
public record JdbcReport(Plan plan, JdbcMeasurements measured) {

    /** Returns the text. */
    public String markdown() {
        StringBuilder text = new StringBuilder(
                "## %s: calls per second, and relative to the first row%n%n".formatted(measured.database()));
        for (int threads : plan.threads()) {
            text.append("### %d thread%s%n%n".formatted(threads, threads == 1 ? "" : "s"));
            text.append(
                    table((candidate, work) -> throughput(new BenchmarkCase(candidate, work, threads, Payload.SMALL))));
        }
        text.append("### Statements (and commits) of one call\n\n").append(table(this::statements));
        return text.append("### Goals\n\n").append(goals()).toString();
    }

    /** Returns the text on how long calls take with more and more sessions. */
    public static String growth(Map<String, Map<Integer, Double>> micros) {
        if (micros.isEmpty()) {
            return "";
        }
        List<Integer> sizes = List.copyOf(micros.values().iterator().next().keySet());
        int fewest = sizes.get(0);
        List<String> columns = new ArrayList<>(List.of("µs, 1 thread"));
        sizes.forEach(size -> columns.add("%,d sessions".formatted(size)));
        columns.add("last to first");
        Table table = new Table(columns);
        micros.forEach((work, times) -> {
            List<String> row = new ArrayList<>(List.of(work));
            sizes.forEach(size -> row.add(number(times.get(size))));
            row.add(number(times.get(sizes.get(sizes.size() - 1)) / times.get(fewest)));
            table.row(row);
        });
        return "## PostgreSQL 17: growth\n\n" + table;
    }

    private interface Content {
        String of(String candidate, Work work);
    }

    private Table table(Content content) {
        List<String> columns = new ArrayList<>(List.of(""));
        plan.works().forEach(work -> columns.add(work.title()));
        Table table = new Table(columns);
        for (String candidate : JdbcCandidates.works().keySet()) {
            List<String> row = new ArrayList<>(List.of(candidate));
            plan.works().forEach(work -> row.add(content.of(candidate, work)));
            table.row(row);
        }
        return table;
    }

    private String throughput(BenchmarkCase benchmarkCase) {
        Optional<Ratio> ratio = measured.samples()
                .ratio(benchmarkCase, benchmarkCase.with(JdbcCandidates.BASELINE, benchmarkCase.work()));
        return benchmarkCase.candidate().equals(JdbcCandidates.BASELINE) || ratio.isEmpty()
                ? measured.samples()
                        .median(benchmarkCase)
                        .map(value -> number(value) + "/s")
                        .orElse("")
                : Report.text(ratio.get());
    }

    private String statements(String candidate, Work work) {
        double[] costs = measured.perCall().getOrDefault(candidate, Map.of()).get(work);
        return costs == null ? "" : "%s (%s)".formatted(number(costs[0]), number(costs[1]));
    }

    private Table goals() {
        Table table = new Table("goal", "bound", "reached", "met");
        List.of(
                        goal(0.95, JdbcCandidates.TRACKER, Work.PEEK, JdbcCandidates.BASELINE),
                        goal(0.9, JdbcCandidates.TRACKER, Work.GET, JdbcCandidates.BASELINE),
                        goal(0.9, JdbcCandidates.EXACT, Work.GET, JdbcCandidates.BASELINE),
                        goal(0.9, JdbcCandidates.TRACKER, Work.START, JdbcCandidates.BASELINE),
                        goal(0.9, JdbcCandidates.TRACKER, Work.CHANGE, JdbcCandidates.BASELINE),
                        goal(1.2, JdbcCandidates.TRACKER, Work.CHANGE, JdbcCandidates.SPRING_SESSION))
                .forEach(goal -> table.row(goal.row()));
        return table;
    }

    private Goal goal(double bound, String candidate, Work work, String other) {
        Goal goal = Goal.atLeast("%s: %s to %s".formatted(work.title(), candidate, other));
        for (int threads : plan.threads()) {
            BenchmarkCase benchmarkCase = new BenchmarkCase(candidate, work, threads, Payload.SMALL);
            goal.value(
                    threads + " ×",
                    bound,
                    measured.samples()
                            .ratio(benchmarkCase, benchmarkCase.with(other, work))
                            .map(Ratio::value));
        }
        return goal;
    }
}
