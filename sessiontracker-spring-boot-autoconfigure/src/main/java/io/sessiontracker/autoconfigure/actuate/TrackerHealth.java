package io.sessiontracker.autoconfigure.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.LockStatus;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Observes a tracker without calling its services: whether the lock service answered its last call, and whether sweeps succeed.
 * Old observations are ignored.
 */
final class TrackerHealth implements SessionInstrumentation {

    /**
     * Something fails while the application still serves. Spring Boot ignores an unknown status in the overall one, unless
     * {@code management.endpoint.health.status.order} lists it.
     */
    public static final Status DEGRADED = new Status("DEGRADED");

    private static final Duration RELEVANT_FOR = Duration.ofMinutes(5);
    private static final int TOLERATED_INTERVALS = 3;

    private final SweepSettings sweep;
    private final Map<String, Incident> failedSweeps = new ConcurrentHashMap<>();
    private volatile @Nullable Incident lock;
    private volatile long lastCompletedSweep = System.nanoTime();

    /** Creates the health of a tracker with these settings. */
    TrackerHealth(SweepSettings sweep) {
        this.sweep = sweep;
    }

    @Override
    public void lockAnswered(String type, Duration wait, LockStatus status) {
        lock = status == LockStatus.NO_QUORUM
                ? new Incident("too few servers confirmed a lock of type " + type, System.nanoTime())
                : null;
    }

    @Override
    public void lockFailed(String type, Throwable failure) {
        lock = new Incident(String.valueOf(failure.getMessage()), System.nanoTime());
    }

    @Override
    public void swept(String type, @Nullable Throwable failure) {
        if (failure == null) {
            failedSweeps.remove(type);
        } else {
            failedSweeps.put(type, new Incident(String.valueOf(failure.getMessage()), System.nanoTime()));
        }
    }

    @Override
    public void sweepCompleted() {
        lastCompletedSweep = System.nanoTime();
    }

    Health lock() {
        Incident last = lock;
        return last == null || last.isOld(RELEVANT_FOR)
                ? Health.up().build()
                : Health.status(DEGRADED)
                        .withDetail("failure", last.description())
                        .withDetail("since", last.age().toString())
                        .build();
    }

    Health sweep() {
        Duration sinceLast = Duration.ofNanos(System.nanoTime() - lastCompletedSweep);
        Duration tolerance = sweep.interval().multipliedBy(TOLERATED_INTERVALS).plus(RELEVANT_FOR);
        Map<String, String> failures = new TreeMap<>();
        failedSweeps.forEach((type, incident) -> {
            if (!incident.isOld(tolerance)) {
                failures.put(type, incident.description());
            }
        });
        if (!failures.isEmpty()) {
            return Health.status(DEGRADED).withDetail("failures", failures).build();
        }
        return sweep.enabled() && sinceLast.compareTo(tolerance) > 0
                ? Health.status(DEGRADED)
                        .withDetail("failure", "no sweep has completed for " + sinceLast)
                        .build()
                : Health.up().withDetail("enabled", sweep.enabled()).build();
    }

    /** A failure, and when it occurred by {@link System#nanoTime}. */
    private record Incident(String description, long at) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }

        boolean isOld(Duration limit) {
            return age().compareTo(limit) > 0;
        }
    }
}
