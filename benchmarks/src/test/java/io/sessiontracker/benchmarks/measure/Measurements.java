package io.sessiontracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.contestant.Candidates;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.Work;

/**
 * All that was measured.
 *
 * @param calls what one call costs, by contestant and work
 * @param memory what one session takes, by contestant
 * @param swept sessions per second
 * @param growth what one call costs, by how many sessions there are
 */
public record Measurements(
        String redis,
        Samples samples,
        Map<String, Map<Work, CallCost>> calls,
        Map<String, MemoryCost> memory,
        double swept,
        Footprint footprint,
        Map<Integer, Map<Work, CallCost>> growth) {

    private static final int CALL_TURNS = 3;

    private static final List<String> IN_MEMORY = List.of(
            Candidates.FLOOR,
            Candidates.TRACKER,
            Candidates.INDEXED,
            Candidates.SPRING_SESSION,
            Candidates.SPRING_SESSION_INDEXED,
            Candidates.SPRING_DATA);

    /** Measures. */
    public static Measurements take(Plan plan, BenchmarkEnvironment arena) {
        Samples samples = new Throughput(plan).measure();
        System.err.println("Single calls, memory, sweep");
        return new Measurements(
                arena.redisVersion(),
                samples,
                calls(plan, arena),
                memory(plan, arena),
                new SweepMeasurement(arena).perSecond(plan.due()),
                new Footprints(arena).measure(),
                new Growth(arena, plan.calls()).measure(plan.growth()));
    }

    /** By turns: what else the machine does shows most in what takes a microsecond. */
    private static Map<String, Map<Work, CallCost>> calls(Plan plan, BenchmarkEnvironment arena) {
        Map<String, Map<Work, List<CallCost>>> costs = new LinkedHashMap<>();
        for (int turn = 0; turn < CALL_TURNS; turn++) {
            for (Candidates.Entry entry : plan.entries()) {
                for (Work work : plan.works()) {
                    if (entry.works().contains(work)) {
                        CallCosts measure = new CallCosts(arena, work.callsOf(plan.calls() / CALL_TURNS));
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

    private static Map<String, MemoryCost> memory(Plan plan, BenchmarkEnvironment arena) {
        Map<String, MemoryCost> costs = new LinkedHashMap<>();
        plan.entries().stream()
                .map(Candidates.Entry::name)
                .filter(IN_MEMORY::contains)
                .forEach(name -> costs.put(name, new MemoryCosts(arena, plan.sessions()).measure(name)));
        return costs;
    }
}
