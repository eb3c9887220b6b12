package io.sessiontracker.micrometer;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.micrometer.SessionMeter.CONFLICTS;
import static io.sessiontracker.micrometer.SessionMeter.EXPIRATIONS;
import static io.sessiontracker.micrometer.SessionMeter.EXPIRATIONS_RECLAIMED;
import static io.sessiontracker.micrometer.SessionMeter.Key.OUTCOME;
import static io.sessiontracker.micrometer.SessionMeter.Key.RESULT;
import static io.sessiontracker.micrometer.SessionMeter.Key.TYPE;
import static io.sessiontracker.micrometer.SessionMeter.LOCK_HOLD;
import static io.sessiontracker.micrometer.SessionMeter.LOCK_WAIT;
import static io.sessiontracker.micrometer.SessionMeter.NEAR_CACHE_DELAY;
import static io.sessiontracker.micrometer.SessionMeter.NEAR_CACHE_INVALIDATIONS;
import static io.sessiontracker.micrometer.SessionMeter.NEAR_CACHE_READS;
import static io.sessiontracker.micrometer.SessionMeter.REMINDERS;
import static io.sessiontracker.micrometer.SessionMeter.REMINDERS_RECLAIMED;
import static io.sessiontracker.micrometer.SessionMeter.SESSIONS;

/** Keeps what {@link SessionMeter} lists. A type's meters are there, at zero, from when the type is known or first used. */
public final class SessionMeters implements SessionInstrumentation {

    private final MeterRegistry registry;
    private final RunningSessions running;
    private final Predicate<String> queryable;
    private final Map<String, OfType> types = new ConcurrentHashMap<>();

    /**
     * In that registry.
     *
     * @param store counts the running sessions when that gauge is read, but not more often than {@code countEach}
     * @param countEach positive
     */
    public SessionMeters(MeterRegistry registry, SessionDataProvider store, Duration countEach) {
        this(registry, store, countEach, type -> true);
    }

    /**
     * In that registry.
     *
     * @param store counts the running sessions when that gauge is read, but not more often than {@code countEach}
     * @param countEach positive
     * @param queryable whether the sessions of the type with that name can be counted; one whose cannot has no such gauge
     */
    public SessionMeters(
            MeterRegistry registry, SessionDataProvider store, Duration countEach, Predicate<String> queryable) {
        this.queryable = Objects.requireNonNull(queryable, "queryable");
        this.registry = Objects.requireNonNull(registry, "registry");
        this.running = new RunningSessions(store, countEach);
    }

    /** Shows a type's meters before anything is done with it. */
    public void know(String type) {
        var unused = of(type);
    }

    @Override
    public Operation begin(String operation, String type, @Nullable String key) {
        know(type);
        return Operation.IGNORED;
    }

    @Override
    public void lockAnswered(String type, Duration wait, LockStatus status) {
        String outcome = status.name().toLowerCase(Locale.ROOT);
        Timer.builder(LOCK_WAIT.getName())
                .description(LOCK_WAIT.description())
                .tag(TYPE.asString(), type)
                .tag(OUTCOME.asString(), outcome)
                .register(registry)
                .record(wait);
    }

    @Override
    public void lockEnded(String type, Duration held) {
        of(type).lockHold.record(held);
    }

    @Override
    public void conflict(String type) {
        of(type).conflicts.increment();
    }

    @Override
    public void nearCacheRead(String type, boolean hit) {
        of(type).nearCacheReads(hit).increment();
    }

    @Override
    public void nearCacheInvalidation(String type) {
        of(type).nearCacheInvalidations().increment();
    }

    @Override
    public void nearCacheConfirmed(Duration delay) {
        Timer.builder(NEAR_CACHE_DELAY.getName())
                .description(NEAR_CACHE_DELAY.description())
                .register(registry)
                .record(delay);
    }

    @Override
    public void expirationDelivered(String type) {
        of(type).expirations.increment();
    }

    @Override
    public void expirationRedelivered(String type) {
        of(type).reclaimed.increment();
    }

    @Override
    public void reminderDelivered(String type) {
        of(type).reminders.increment();
    }

    @Override
    public void reminderRedelivered(String type) {
        of(type).remindersReclaimed.increment();
    }

    @Override
    public void swept(String type, @Nullable Throwable failure) {
        know(type);
    }

    private OfType of(String type) {
        OfType known = types.get(type);
        return known != null ? known : types.computeIfAbsent(type, OfType::new);
    }

    private final class OfType {

        private final Timer lockHold;
        private final Counter conflicts;
        private final Counter expirations;
        private final Counter reclaimed;
        private final Counter reminders;
        private final Counter remindersReclaimed;
        private final String name;
        private final Map<Boolean, Counter> nearCacheReads = new ConcurrentHashMap<>();
        private volatile @Nullable Counter nearCacheInvalidations;

        OfType(String type) {
            name = type;
            String tag = TYPE.asString();
            lockHold = Timer.builder(LOCK_HOLD.getName())
                    .description(LOCK_HOLD.description())
                    .tag(tag, type)
                    .register(registry);
            conflicts = counter(CONFLICTS);
            expirations = counter(EXPIRATIONS);
            reclaimed = counter(EXPIRATIONS_RECLAIMED);
            reminders = counter(REMINDERS);
            remindersReclaimed = counter(REMINDERS_RECLAIMED);
            if (queryable.test(type)) {
                Gauge.builder(SESSIONS.getName(), running, it -> it.of(type))
                        .description(SESSIONS.description())
                        .tag(tag, type)
                        .register(registry);
            }
        }

        private Counter counter(SessionMeter meter) {
            return Counter.builder(meter.getName())
                    .description(meter.description())
                    .tag(TYPE.asString(), name)
                    .register(registry);
        }

        /** Only types with a near cache have these. */
        Counter nearCacheReads(boolean hit) {
            Counter known = nearCacheReads.get(hit);
            return known != null ? known : nearCacheReads.computeIfAbsent(hit, this::newNearCacheReads);
        }

        Counter nearCacheInvalidations() {
            Counter known = nearCacheInvalidations;
            if (known == null) {
                known = Counter.builder(NEAR_CACHE_INVALIDATIONS.getName())
                        .description(NEAR_CACHE_INVALIDATIONS.description())
                        .tag(TYPE.asString(), name)
                        .register(registry);
                nearCacheInvalidations = known;
            }
            return known;
        }

        private Counter newNearCacheReads(boolean hit) {
            return Counter.builder(NEAR_CACHE_READS.getName())
                    .description(NEAR_CACHE_READS.description())
                    .tag(TYPE.asString(), name)
                    .tag(RESULT.asString(), hit ? "hit" : "miss")
                    .register(registry);
        }
    }
}
