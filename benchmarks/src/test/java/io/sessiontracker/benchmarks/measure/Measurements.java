package io.sessiontracker.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.contestant.Contestants;
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

    private static final List<String> IN_MEMORY = List.of(
            Contestants.FLOOR,
            Contestants.TRACKER,
            Contestants.INDEXED,
            Contestants.SPRING_SESSION,
            Contestants.SPRING_SESSION_INDEXED,
            Contestants.SPRING_DATA);

    /** Measures. */
    public static Measurements take(Plan plan, Arena arena) {
        Samples samples = new Throughput(plan).measure();
        System.err.println("Single calls, memory, sweep");
        return new Measurements(
                arena.redisVersion(),
                samples,
                calls(plan, arena),
                memory(plan, arena),
                new Sweep(arena).perSecond(plan.due()),
                new Footprints(arena).measure(),
                new Growth(arena, plan.calls()).measure(plan.growth()));
    }

    private static Map<String, Map<Work, CallCost>> calls(Plan plan, Arena arena) {
        Map<String, Map<Work, CallCost>> costs = new LinkedHashMap<>();
        for (Contestants.Entry entry : plan.entries()) {
            Map<Work, CallCost> byWork = costs.computeIfAbsent(entry.name(), name -> new LinkedHashMap<>());
            for (Work work : plan.works()) {
                if (entry.works().contains(work)) {
                    int calls = work.callsOf(plan.calls());
                    byWork.put(work, new CallCosts(arena, calls).measure(entry.name(), work, Payload.SMALL));
                }
            }
        }
        return costs;
    }

    private static Map<String, MemoryCost> memory(Plan plan, Arena arena) {
        Map<String, MemoryCost> costs = new LinkedHashMap<>();
        plan.entries().stream()
                .map(Contestants.Entry::name)
                .filter(IN_MEMORY::contains)
                .forEach(name -> costs.put(name, new MemoryCosts(arena, plan.sessions()).measure(name)));
        return costs;
    }
}
