package io.sessiontracker.benchmarks.measure;

import java.util.Map;
import java.util.regex.Pattern;

import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;

/** Starts many sessions and measures how the server's memory grows. */
final class MemoryCosts {

    /** Ends with a session's name here or in Spring Session, with an optional suffix of Spring Data's index. */
    private static final Pattern OWN_KEY =
            Pattern.compile("(:m\\d+-\\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(:idx)?$");

    private final BenchmarkEnvironment environment;
    private final int sessions;

    MemoryCosts(BenchmarkEnvironment environment, int sessions) {
        this.environment = environment;
        this.sessions = sessions;
    }

    MemoryCost measure(String name) {
        Candidate candidate = environment.enter(name);
        new ThreadSessions("before", Payload.SMALL).startAll(candidate, 1); // loads scripts
        candidate = environment.enter(name);
        long before = environment.statistics().usedMemory();
        for (int first = 0; first < sessions; first += ThreadSessions.PAGE_SIZE) {
            new ThreadSessions("m" + first, Payload.SMALL)
                    .startAll(candidate, Math.min(ThreadSessions.PAGE_SIZE, sessions - first));
        }
        long after = environment.statistics().usedMemory();
        Map<String, Long> keys = environment.statistics().memoryUsage();
        long all = keys.values().stream().mapToLong(Long::longValue).sum();
        long own = keys.entrySet().stream()
                .filter(key -> belongsToOne(key.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new MemoryCost(
                (double) (after - before) / sessions, (double) own / sessions, (double) (all - own) / sessions);
    }

    private static boolean belongsToOne(String key) {
        return OWN_KEY.matcher(key).find();
    }
}
