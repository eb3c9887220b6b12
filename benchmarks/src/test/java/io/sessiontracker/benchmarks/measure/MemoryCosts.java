package io.sessiontracker.benchmarks.measure;

import java.util.Map;
import java.util.regex.Pattern;

import io.sessiontracker.benchmarks.contestant.Candidate;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.ThreadSessions;

/** Starts many sessions, and looks at what the server's memory grew by. */
final class MemoryCosts {

    /** Ends with a hand's name for a session or Spring Session's, and maybe Spring Data's word for what leads to its index. */
    private static final Pattern OWN_KEY =
            Pattern.compile("(:m\\d+-\\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(:idx)?$");

    private final BenchmarkEnvironment arena;
    private final int sessions;

    MemoryCosts(BenchmarkEnvironment arena, int sessions) {
        this.arena = arena;
        this.sessions = sessions;
    }

    MemoryCost measure(String name) {
        Candidate contestant = arena.enter(name);
        new ThreadSessions("before", Payload.SMALL).deal(contestant, 1); // loads scripts
        contestant = arena.enter(name);
        long before = arena.statistics().usedMemory();
        for (int first = 0; first < sessions; first += ThreadSessions.PAGE_SIZE) {
            new ThreadSessions("m" + first, Payload.SMALL)
                    .deal(contestant, Math.min(ThreadSessions.PAGE_SIZE, sessions - first));
        }
        long after = arena.statistics().usedMemory();
        Map<String, Long> keys = arena.statistics().memoryUsage();
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
