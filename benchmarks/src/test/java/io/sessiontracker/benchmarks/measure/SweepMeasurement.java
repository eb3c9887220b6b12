package io.sessiontracker.benchmarks.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.benchmarks.candidate.OrderSession;
import io.sessiontracker.benchmarks.candidate.Tracker;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;

/** Measures how fast expired sessions are swept. */
final class SweepMeasurement {

    private static final Duration MAX_DURATION = Duration.ofMinutes(1);

    private final BenchmarkEnvironment environment;

    SweepMeasurement(BenchmarkEnvironment environment) {
        this.environment = environment;
    }

    /** Returns how many expired sessions are delivered per second. */
    double perSecond(int sessions) {
        environment.clear();
        LongAdder delivered = new LongAdder();
        SessionListener listener = event -> {
            if (event instanceof SessionExpired) {
                delivered.increment();
            }
        };
        try (ClosableSessionTracker tracker = new Tracker(environment.clients())
                .retention(Duration.ofHours(1))
                .build()) {
            tracker.addListeners(List.of(listener), List.of(OrderSession.class));
            SessionEntryOptions due =
                    SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(1));
            ParallelLoader.doAll(
                    sessions,
                    i -> tracker.start(new OrderSession("due-" + i), due).orElseThrow());
            tracker.startSweeping();
            long start = System.nanoTime();
            while (delivered.sum() < sessions) {
                // The rest may be under way in the background.
                if (tracker.expireSessions() == 0 && System.nanoTime() - start > MAX_DURATION.toNanos()) {
                    throw new IllegalStateException(
                            "Only %d of %d expired sessions were delivered".formatted(delivered.sum(), sessions));
                }
            }
            return sessions * 1e9 / (System.nanoTime() - start);
        }
    }
}
