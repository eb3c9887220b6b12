package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** When each value of a counter was known to be stored, and which were read later. */
final class StalenessLog {

    private final Map<Long, Long> written = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Read> reads = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private record Read(long from, long value) {}

    boolean isOpen() {
        return !ended;
    }

    void end() {
        ended = true;
    }

    /** Notes that the counter is stored with that value since now, at the latest. */
    void written(long value) {
        written.put(value, System.nanoTime());
    }

    /** Notes a read that began at that moment. */
    void read(long from, long value) {
        reads.add(new Read(from, value));
    }

    /** Returns for how long the most outdated read had been outdated when it began. */
    Duration worst() {
        List<Long> all = staleness();
        return Duration.ofNanos(all.get(all.size() - 1));
    }

    private List<Long> staleness() {
        return reads.stream()
                .map(read -> Math.max(0, read.from() - written.getOrDefault(read.value() + 1, read.from())))
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        List<Long> all = staleness();
        return "%d writes, %d reads, staleness p50 %.2f, p99 %.2f, worst %.2f ms"
                .formatted(written.size(), all.size(), at(all, 0.5), at(all, 0.99), at(all, 1));
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) ((sorted.size() - 1) * share)) / 1e6;
    }
}
