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
 * Watches how a tracker fares, without asking anything of its services: whether the lock service answered when it was last asked,
 * and whether the sweeps do their work. What it saw long ago says nothing about now, and is forgotten.
 */
final class TrackerHealth implements SessionInstrumentation {

    /**
     * Something does not work as it should, and the application serves all the same. Spring Boot leaves a status that it does not
     * know out of the overall one, unless {@code management.endpoint.health.status.order} lists it.
     */
    public static final Status DEGRADED = new Status("DEGRADED");

    private static final Duration MEMORY = Duration.ofMinutes(5);
    private static final int INTERVALS_OF_PATIENCE = 3;

    private final SweepSettings sweep;
    private final Map<String, Incident> failedSweeps = new ConcurrentHashMap<>();
    private volatile @Nullable Incident lock;
    private volatile long lastRest = System.nanoTime();

    /** For a tracker that sweeps like that. */
    public TrackerHealth(SweepSettings sweep) {
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
        lastRest = System.nanoTime();
    }

    Health lock() {
        Incident last = lock;
        return last == null || last.isOld(MEMORY)
                ? Health.up().build()
                : Health.status(DEGRADED)
                        .withDetail("failure", last.what())
                        .withDetail("since", last.age().toString())
                        .build();
    }

    Health sweep() {
        Duration rested = Duration.ofNanos(System.nanoTime() - lastRest);
        Duration patience = sweep.interval().multipliedBy(INTERVALS_OF_PATIENCE).plus(MEMORY);
        Map<String, String> failures = new TreeMap<>();
        failedSweeps.forEach((type, incident) -> {
            if (!incident.isOld(patience)) {
                failures.put(type, incident.what());
            }
        });
        if (!failures.isEmpty()) {
            return Health.status(DEGRADED).withDetail("failures", failures).build();
        }
        return sweep.enabled() && rested.compareTo(patience) > 0
                ? Health.status(DEGRADED)
                        .withDetail("failure", "no sweep has come to its end for " + rested)
                        .build()
                : Health.up().withDetail("enabled", sweep.enabled()).build();
    }

    /** Something that went wrong, and when, by {@link System#nanoTime}. */
    private record Incident(String what, long at) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }

        boolean isOld(Duration memory) {
            return age().compareTo(memory) > 0;
        }
    }
}
