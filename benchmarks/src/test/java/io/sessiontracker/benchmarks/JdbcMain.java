package io.sessiontracker.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.benchmarks.measure.JdbcMeasurements;
import io.sessiontracker.benchmarks.report.JdbcReport;

/** Runs the benchmarks on databases and prints the report. */
public final class JdbcMain {

    static final List<Work> WORKS =
            List.of(Work.START, Work.GET, Work.PEEK, Work.CHANGE, Work.LOCKED_CHANGE, Work.PAGE);

    private JdbcMain() {}

    /** Takes the arguments of {@link Plan#parse}; those that are of Redis only have no effect. */
    public static void main(String[] args) throws IOException {
        System.out.println(run(Plan.parse(args)));
    }

    static String run(Plan given) throws IOException {
        Plan plan =
                given.withWorks(WORKS.stream().filter(given.works()::contains).toList());
        StringBuilder report = new StringBuilder();
        for (boolean synchronousCommit : List.of(true, false)) {
            report.append(new JdbcReport(plan, JdbcMeasurements.ofPostgreSql(plan, synchronousCommit)).markdown());
        }
        report.append(new JdbcReport(plan, JdbcMeasurements.ofH2(plan)).markdown());
        if (!plan.growth().isEmpty()) {
            report.append(JdbcReport.growth(JdbcMeasurements.growthOnPostgreSql(plan)));
        }
        Files.createDirectories(plan.out().toAbsolutePath().getParent());
        Files.writeString(plan.out(), report);
        return report.toString();
    }
}
