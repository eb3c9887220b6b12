package io.sessiontracker.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.management.ThreadMXBean;
import io.sessiontracker.benchmarks.contestant.Candidate;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.ThreadSessions;
import io.sessiontracker.benchmarks.contestant.Work;
import io.sessiontracker.benchmarks.measure.ServerStatistics.Totals;
import io.sessiontracker.testing.CommandMonitor;

/** Makes calls from one thread, and looks at what the server and the JVM counted. */
final class CallCosts {

    private static final int MONITORED = 20;

    private final BenchmarkEnvironment arena;
    private final int calls;

    CallCosts(BenchmarkEnvironment arena, int calls) {
        this.arena = arena;
        this.calls = calls;
    }

    CallCost measure(String name, Work work, Payload payload) {
        return measure(arena.enter(name), new ThreadSessions("t0", payload), work);
    }

    /** With a hand whose sessions are there, or will be dealt. */
    CallCost measure(Candidate contestant, ThreadSessions hand, Work work) {
        deal(contestant, hand, work, calls);
        doWork(contestant, hand, work, calls);
        Map<String, Long> commands = monitor(contestant, hand, work);

        deal(contestant, hand, work, calls);
        Totals own = difference(arena.statistics().totals(), arena.statistics().totals());
        long allocatedBefore = allocated();
        Totals before = arena.statistics().totals();
        long aside = allocated() - allocatedBefore;
        long start = System.nanoTime();
        doWork(contestant, hand, work, calls);
        double nanos = System.nanoTime() - start;
        Totals spent = difference(before, arena.statistics().totals());
        long allocated = allocated() - allocatedBefore - 2 * aside;
        return new CallCost(
                describe(commands),
                (double) commands.values().stream().mapToLong(Long::longValue).sum() / MONITORED,
                (double) (spent.bytesIn() - own.bytesIn()) / calls,
                (double) (spent.bytesOut() - own.bytesOut()) / calls,
                nanos / 1_000 / calls,
                serverMicros(commands, spent) / calls,
                (double) Math.max(0, allocated) / calls);
    }

    private static void deal(Candidate contestant, ThreadSessions hand, Work work, int times) {
        if (work.consumes()) {
            hand.deal(contestant, times);
        } else if (work.wantsSessions() && hand.ids().isEmpty()) {
            hand.deal(contestant, ThreadSessions.PAGE_SIZE);
        }
    }

    private static void doWork(Candidate contestant, ThreadSessions hand, Work work, int times) {
        for (int i = 0; i < times; i++) {
            work.doOnce(hand, contestant);
        }
    }

    private Map<String, Long> monitor(Candidate contestant, ThreadSessions hand, Work work) {
        deal(contestant, hand, work, MONITORED);
        try (CommandMonitor monitor = new CommandMonitor(arena.server())) {
            List<String> commands = monitor.during(() -> doWork(contestant, hand, work, MONITORED));
            return commands.stream()
                    .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        }
    }

    private static String describe(Map<String, Long> commands) {
        return commands.entrySet().stream()
                .map(entry -> entry.getValue() == MONITORED
                        ? entry.getKey()
                        : "%.3g %s".formatted((double) entry.getValue() / MONITORED, entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    /**
     * The time of the commands that clients sent. Those inside scripts are in the scripts' time; where a command is sent as
     * well as used by scripts, its time is shared out by how often.
     */
    private double serverMicros(Map<String, Long> commands, Totals spent) {
        double micros = 0;
        for (Map.Entry<String, Long> command : commands.entrySet()) {
            long all = spent.calls().getOrDefault(command.getKey(), 0L);
            double sent = (double) command.getValue() / MONITORED * calls;
            if (all > 0) {
                micros += spent.micros().get(command.getKey()) * Math.min(1, sent / all);
            }
        }
        return micros;
    }

    private static Totals difference(Totals before, Totals after) {
        return new Totals(
                after.bytesIn() - before.bytesIn(),
                after.bytesOut() - before.bytesOut(),
                difference(before.calls(), after.calls()),
                difference(before.micros(), after.micros()));
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        return after.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L)));
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
