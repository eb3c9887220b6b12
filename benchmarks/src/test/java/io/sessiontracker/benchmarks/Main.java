package io.sessiontracker.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.benchmarks.measure.BenchmarkEnvironment;
import io.sessiontracker.benchmarks.measure.Measurements;
import io.sessiontracker.benchmarks.report.Report;

/** Runs the benchmarks and prints the report. */
public final class Main {

    private Main() {}

    /** Takes the arguments of {@link Plan#parse}. */
    public static void main(String[] args) throws IOException {
        System.out.println(run(Plan.parse(args)));
        System.exit(0); // Threads of a candidate's driver may still be running.
    }

    static String run(Plan plan) throws IOException {
        long start = System.nanoTime();
        try (BenchmarkEnvironment environment = BenchmarkEnvironment.open()) {
            String report = new Report(plan, Measurements.take(plan, environment)).markdown();
            Files.createDirectories(plan.out().toAbsolutePath().getParent());
            Files.writeString(plan.out(), report);
            System.err.printf("Took %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
            return report;
        }
    }
}
