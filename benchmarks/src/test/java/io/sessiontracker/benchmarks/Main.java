package io.sessiontracker.benchmarks;

import java.io.IOException;
import java.nio.file.Files;

import io.sessiontracker.benchmarks.measure.BenchmarkEnvironment;
import io.sessiontracker.benchmarks.measure.Measurements;
import io.sessiontracker.benchmarks.report.Report;

/** Measures and prints. */
public final class Main {

    private Main() {}

    /** See {@link Plan#parse} for the arguments. */
    public static void main(String[] args) throws IOException {
        System.out.println(run(Plan.parse(args)));
        System.exit(0); // Whatever thread of a contestant's driver is still there.
    }

    static String run(Plan plan) throws IOException {
        try (BenchmarkEnvironment arena = BenchmarkEnvironment.open()) {
            String report = new Report(plan, Measurements.take(plan, arena)).markdown();
            Files.createDirectories(plan.out().toAbsolutePath().getParent());
            Files.writeString(plan.out(), report);
            return report;
        }
    }
}
