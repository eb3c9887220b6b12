package io.sessiontracker.benchmarks.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from event to event: whatever takes hours passes in moments, and each run is the same. */
final class VirtualTime {

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long numbers;

    private record Event(long at, long number, Runnable action) {}

    /** Returns nanoseconds since the beginning. */
    long now() {
        return now;
    }

    /** Runs an action at that moment, after those that were scheduled for it before. */
    void at(long moment, Runnable action) {
        events.add(new Event(Math.max(now, moment), numbers++, action));
    }

    void after(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    /** Runs all events up to that moment. */
    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.remove();
            now = next.at();
            next.action().run();
        }
        now = Math.max(now, end);
    }

    /** Runs until no event is left. */
    void runAll() {
        while (!events.isEmpty()) {
            runUntil(events.peek().at());
        }
    }

    static long micros(double micros) {
        return Math.round(micros * 1_000);
    }

    static long millis(double millis) {
        return micros(millis * 1_000);
    }

    static long seconds(double seconds) {
        return millis(seconds * 1_000);
    }
}
