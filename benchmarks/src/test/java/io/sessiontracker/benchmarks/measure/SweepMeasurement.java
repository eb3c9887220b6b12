package io.sessiontracker.benchmarks.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.benchmarks.contestant.OrderSession;
import io.sessiontracker.benchmarks.contestant.Tracker;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;

/** Lets sessions expire, and sweeps them. */
final class SweepMeasurement {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BenchmarkEnvironment arena;

    SweepMeasurement(BenchmarkEnvironment arena) {
        this.arena = arena;
    }

    /** How many of so many sessions that are due are told in a second. */
    double perSecond(int sessions) {
        arena.clear();
        LongAdder told = new LongAdder();
        SessionListener listener = event -> {
            if (event instanceof SessionExpired) {
                told.increment();
            }
        };
        try (ClosableSessionTracker tracker =
                new Tracker(arena.clients()).retention(Duration.ofHours(1)).build()) {
            tracker.addListeners(List.of(listener), List.of(OrderSession.class));
            SessionEntryOptions due =
                    SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(1));
            ParallelLoader.doAll(
                    sessions,
                    i -> tracker.start(new OrderSession("due-" + i), due).orElseThrow());
            tracker.startSweeping();
            long start = System.nanoTime();
            while (told.sum() < sessions) {
                // The rest may be on its way in the background.
                if (tracker.expireSessions() == 0 && System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException("Only %d of %d were told".formatted(told.sum(), sessions));
                }
            }
            return sessions * 1e9 / (System.nanoTime() - start);
        }
    }
}
