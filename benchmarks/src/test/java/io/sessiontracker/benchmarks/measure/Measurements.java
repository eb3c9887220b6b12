package io.sessiontracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;

/**
 * All measurements.
 *
 * @param calls the cost of a call, by candidate and work
 * @param memory the memory of a session, by candidate
 * @param swept sessions per second, the median of three sweeps
 * @param encryption what encryption adds to the time of a write and of a read
 * @param growth the cost of a call, by the number of sessions
 * @param lookups how often sessions are found, by their number
 */
public record Measurements(
        String redis,
        Samples samples,
        Map<String, Map<Work, CallCost>> calls,
        Map<String, MemoryCost> memory,
        double swept,
        Footprint footprint,
        EncryptionCost encryption,
        Map<Integer, Map<Work, CallCost>> growth,
        Map<Integer, Samples> lookups) {

    private static final int CALL_TURNS = 3;
    private static final int SWEEPS = 3;

    private static final List<String> IN_MEMORY = List.of(
            Candidates.BASELINE,
            Candidates.TRACKER,
            Candidates.INDEXED,
            Candidates.UNQUERYABLE,
            Candidates.SPRING_SESSION,
            Candidates.SPRING_SESSION_INDEXED,
            Candidates.SPRING_DATA);

    /** Takes the measurements of a plan. */
    public static Measurements take(Plan plan, BenchmarkEnvironment environment) {
        Samples samples = new Throughput(plan).measure();
        System.err.println("Single calls, memory, sweep");
        return new Measurements(
                environment.redisVersion(),
                samples,
                calls(plan, environment),
                memory(plan, environment),
                swept(plan, environment),
                new Footprints(environment).measure(),
                EncryptionCost.measure(10 * plan.calls()),
                new Growth(environment, plan.calls()).measure(plan.growth()),
                new Lookups(environment, plan).measure(plan.populations()));
    }

    /** Takes turns: other load on the machine affects short calls most. */
    private static Map<String, Map<Work, CallCost>> calls(Plan plan, BenchmarkEnvironment environment) {
        Map<String, Map<Work, List<CallCost>>> costs = new LinkedHashMap<>();
        for (int turn = 0; turn < CALL_TURNS; turn++) {
            for (Candidates.Entry entry : plan.entries()) {
                for (Work work : plan.works()) {
                    if (entry.works().contains(work)) {
                        CallCosts measure = new CallCosts(environment, work.callsOf(plan.calls() / CALL_TURNS));
                        costs.computeIfAbsent(entry.name(), name -> new LinkedHashMap<>())
                                .computeIfAbsent(work, name -> new ArrayList<>())
                                .add(measure.measure(entry.name(), work, Payload.SMALL));
                    }
                }
            }
        }
        Map<String, Map<Work, CallCost>> medians = new LinkedHashMap<>();
        costs.forEach((name, byWork) -> {
            Map<Work, CallCost> ofName = medians.computeIfAbsent(name, any -> new LinkedHashMap<>());
            byWork.forEach((work, turns) -> ofName.put(work, CallCost.median(turns)));
        });
        return medians;
    }

    private static double swept(Plan plan, BenchmarkEnvironment environment) {
        SweepMeasurement sweep = new SweepMeasurement(environment);
        return Samples.median(DoubleStream.generate(() -> sweep.perSecond(plan.due()))
                .limit(SWEEPS)
                .boxed()
                .toList());
    }

    private static Map<String, MemoryCost> memory(Plan plan, BenchmarkEnvironment environment) {
        Map<String, MemoryCost> costs = new LinkedHashMap<>();
        plan.entries().stream()
                .map(Candidates.Entry::name)
                .filter(IN_MEMORY::contains)
                .forEach(name -> costs.put(name, new MemoryCosts(environment, plan.sessions()).measure(name)));
        return costs;
    }
}
