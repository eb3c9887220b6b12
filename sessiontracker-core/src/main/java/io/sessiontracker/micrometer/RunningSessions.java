package io.sessiontracker.micrometer;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.sessiontracker.spi.SessionDataProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of running sessions, counted again when it is read and the last count is old: several registries, or scrapes in quick
 * succession, are answered from one count. While the store does not answer there is no number, and after a failure it is let
 * alone for that time, for all types: a scrape waits for one of them at the most.
 */
final class RunningSessions {

    private static final Logger log = LoggerFactory.getLogger(RunningSessions.class);
    private static final long PATIENCE_SECONDS = 5;

    private final SessionDataProvider store;
    private final long countEach;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private volatile long quietUntil = System.nanoTime();

    RunningSessions(SessionDataProvider store, Duration countEach) {
        this.store = store;
        this.countEach = countEach.toNanos();
    }

    /** Returns the number, or NaN where it is not known. */
    double of(String type) {
        return counts.compute(
                        type,
                        (name, last) -> last != null && System.nanoTime() - last.at < countEach ? last : count(name))
                .value;
    }

    private Count count(String type) {
        double running = Double.NaN;
        if (quietUntil - System.nanoTime() <= 0) {
            try {
                running = store.count(type, false).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException failed) {
                if (failed instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                log.debug("The running sessions of {} were not counted", type, failed);
                quietUntil = System.nanoTime() + countEach;
            }
        }
        return new Count(running, System.nanoTime());
    }

    private record Count(double value, long at) {}
}
