package io.sessiontracker.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.management.ThreadMXBean;
import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.benchmarks.measure.ServerStatistics.Totals;
import io.sessiontracker.testing.CommandMonitor;

/** Makes calls from one thread and reads the statistics of the server and the JVM. */
final class CallCosts {

    private static final int MONITORED = 20;

    private final BenchmarkEnvironment environment;
    private final int calls;

    CallCosts(BenchmarkEnvironment environment, int calls) {
        this.environment = environment;
        this.calls = calls;
    }

    CallCost measure(String name, Work work, Payload payload) {
        return measure(environment.enter(name), new ThreadSessions("t0", payload), work);
    }

    /** Measures with sessions that exist, or are started here. */
    CallCost measure(Candidate candidate, ThreadSessions threadSessions, Work work) {
        startAll(candidate, threadSessions, work, calls);
        doWork(candidate, threadSessions, work, calls);
        Map<String, Long> commands = monitor(candidate, threadSessions, work);

        startAll(candidate, threadSessions, work, calls);
        Totals own = difference(
                environment.statistics().totals(), environment.statistics().totals());
        long allocatedBefore = allocated();
        Totals before = environment.statistics().totals();
        long aside = allocated() - allocatedBefore;
        long start = System.nanoTime();
        doWork(candidate, threadSessions, work, calls);
        double nanos = System.nanoTime() - start;
        Totals spent = difference(before, environment.statistics().totals());
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

    private static void startAll(Candidate candidate, ThreadSessions threadSessions, Work work, int times) {
        if (work.consumes()) {
            threadSessions.startAll(candidate, times);
        } else if (work.needsSessions() && threadSessions.ids().isEmpty()) {
            threadSessions.startAll(candidate, ThreadSessions.PAGE_SIZE);
        }
    }

    private static void doWork(Candidate candidate, ThreadSessions threadSessions, Work work, int times) {
        for (int i = 0; i < times; i++) {
            work.doOnce(threadSessions, candidate);
        }
    }

    private Map<String, Long> monitor(Candidate candidate, ThreadSessions threadSessions, Work work) {
        startAll(candidate, threadSessions, work, MONITORED);
        try (CommandMonitor monitor = new CommandMonitor(environment.server())) {
            List<String> commands = monitor.during(() -> doWork(candidate, threadSessions, work, MONITORED));
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
     * Returns the time of the commands that clients sent. Commands inside scripts are included in the scripts' time. If a command is
     * both sent and used by scripts, its time is divided by how often.
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
