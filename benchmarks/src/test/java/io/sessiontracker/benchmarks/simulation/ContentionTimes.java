package io.sessiontracker.benchmarks.simulation;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Clients;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.testing.RedisServer;

/** Lets a few instances modify one session all the time, to compare that with {@link HotKey}. */
final class ContentionTimes {

    private static final long NANOS = VirtualTime.seconds(3);

    private final RedisServer server;

    ContentionTimes(RedisServer server) {
        this.server = server;
    }

    /**
     * What came of it.
     *
     * @param leastShare the part of the changes that the instance made with the fewest
     */
    record Outcome(double changesPerSecond, double leastShare, double p50Millis, double p99Millis) {}

    Outcome measure(int instances, int callers) {
        List<Clients> clients =
                Stream.generate(() -> new Clients(server)).limit(instances).toList();
        List<Candidate> candidates =
                clients.stream().map(ContentionTimes::tracker).toList();
        try {
            modify(candidates, callers, NANOS / 3); // warms up
            return modify(candidates, callers, NANOS);
        } finally {
            candidates.forEach(Candidate::close);
            clients.forEach(Clients::close);
            server.call(redis -> redis.flushall());
        }
    }

    private static Candidate tracker(Clients clients) {
        return Candidates.all().stream()
                .filter(entry -> entry.name().equals(Candidates.TRACKER))
                .findFirst()
                .orElseThrow()
                .opener()
                .apply(clients);
    }

    private static Outcome modify(List<Candidate> candidates, int callers, long nanos) {
        AtomicLongArray changes = new AtomicLongArray(candidates.size());
        Latencies waits = new Latencies();
        long end = System.nanoTime() + nanos;
        ServerTime.inParallel(candidates.size() * callers, thread -> {
            int instance = thread % candidates.size();
            ThreadSessions sessions = new ThreadSessions("hot", Payload.SMALL);
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                Work.HOT_MODIFY.doOnce(sessions, candidates.get(instance));
                changes.incrementAndGet(instance);
                long waited = System.nanoTime() - now;
                synchronized (waits) {
                    waits.add(waited);
                }
            }
        });
        long all = LongStream.range(0, changes.length())
                .map(i -> changes.get((int) i))
                .sum();
        long least = LongStream.range(0, changes.length())
                .map(i -> changes.get((int) i))
                .min()
                .orElse(0);
        return new Outcome(all * 1e9 / nanos, (double) least / all, waits.millis(0.5), waits.millis(0.99));
    }
}
