package io.sessiontracker.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionLock;
import io.sessiontracker.benchmarks.candidate.OrderSession;
import io.sessiontracker.benchmarks.candidate.Tracker;
import io.sessiontracker.engine.ClosableSessionTracker;
import org.awaitility.Awaitility;

/** Counts the threads and connections that many locks and waiters need, compared to a few. */
final class Footprints {

    private static final int FEW = 10;
    private static final int MANY = 500;

    private final BenchmarkEnvironment environment;

    Footprints(BenchmarkEnvironment environment) {
        this.environment = environment;
    }

    Footprint measure() {
        environment.clear();
        try (ClosableSessionTracker tracker = new Tracker(environment.clients()).build()) {
            measure(tracker, "first", MANY, MANY / FEW); // fills what is bounded, such as Redisson's pool
            Footprint few = measure(tracker, "few", FEW, 1);
            Footprint many = measure(tracker, "many", MANY, MANY / FEW);
            return new Footprint(
                    many.sessions(),
                    many.waiters(),
                    many.threads() - few.threads(),
                    many.connections() - few.connections());
        }
    }

    private Footprint measure(ClosableSessionTracker tracker, String name, int sessions, int waiters) {
        List<SessionLock> held = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            OrderSession session = tracker.start(new OrderSession(name + i)).orElseThrow();
            held.add(tracker.lock(session, LockOptions.untilReleased()).orElseThrow());
        }
        ExecutorService callers = Executors.newFixedThreadPool(waiters, task -> new Thread(task, "caller"));
        LockOptions patient = LockOptions.waitFor(Duration.ofMinutes(1));
        IntStream.range(0, waiters)
                .forEach(i -> callers.execute(() -> tracker.lock(OrderSession.class, name + i, patient)
                        .orElseThrow()
                        .close()));
        Awaitility.await().until(() -> waiting() == waiters);
        Footprint footprint = new Footprint(
                sessions,
                waiters,
                ManagementFactory.getThreadMXBean().getThreadCount() - waiters,
                environment.statistics().connections());
        held.forEach(SessionLock::close);
        callers.shutdown();
        Awaitility.await().until(callers::isTerminated);
        return footprint;
    }

    private static long waiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("caller"))
                .filter(thread -> thread.getState() != Thread.State.RUNNABLE)
                .count();
    }
}
