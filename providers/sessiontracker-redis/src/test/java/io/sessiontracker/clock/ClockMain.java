package io.sessiontracker.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Goes through sessions' lives with its wrong clock, and fails where that shows. Prints what it takes for the time. */
final class ClockMain {

    /** Less than the clock is wrong, more than the run takes. */
    private static final Duration HALF = Duration.ofMinutes(30);

    private static final Duration SOON = Duration.ofMillis(300);

    /** What a sliding expiration may be longer by default. */
    private static final Duration TOLERANCE = SOON.dividedBy(100);

    private final LettuceConnectionFactory connections;
    private final List<SessionEvent<?>> events = new CopyOnWriteArrayList<>();
    private final ClosableSessionTracker tracker;

    private ClockMain(String namespace, String host, int port) {
        connections = new LettuceConnectionFactory(new RedisStandaloneConfiguration(host, port));
        connections.afterPropertiesSet();
        connections.start();
        SessionTypeSettings kept = new SessionTypeSettings(
                SessionEntryOptions.absolute(HALF).withSliding(HALF),
                HALF,
                SessionEntryOptions.absolute(HALF),
                LockSettings.BUILT_IN);
        tracker = new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(kept, Map.of()))
                .sweep(new SweepSettings(true, Duration.ofMillis(50), Duration.ofMinutes(1), 100, 5))
                .listener(events::add)
                .build();
    }

    public static void main(String[] args) {
        ClockMain main = new ClockMain(args[0], args[1], Integer.parseInt(args[2]));
        main.live();
        main.expire();
        main.tracker.close();
        main.connections.destroy();
        System.out.println(Instant.now());
    }

    private void live() {
        long before = serverTime();
        Visit visit = tracker.start(new Visit("a")).orElseThrow();
        Visit dated = tracker.start(
                        new Visit("b"),
                        SessionEntryOptions.absoluteAt(at(before).plus(HALF)))
                .orElseThrow();
        tracker.update(visit).orElseThrow();
        assertThat(tracker.refresh(dated).isSuccess()).isTrue();
        tracker.finish(dated).orElseThrow();
        assertThat(tracker.getFinished(Visit.class, "b").isSuccess()).isTrue();
        tracker.resume(dated).orElseThrow();
        assertThat(visit.getStartedAt()).isBetween(at(before), at(serverTime()));
        assertThat(events)
                .hasSize(5)
                .allSatisfy(event -> assertThat(event.at()).isBetween(at(before), at(serverTime())));
        events.clear();
        assertThat(tracker.count(Visit.class)).isEqualTo(2);
        assertThat(tracker.query(Visit.class).where("all").pageSize(1).stream()).hasSize(2);
        assertThat(tracker.expireSessions()).isZero();
    }

    private void expire() {
        long before = serverTime();
        tracker.start(new Visit("c"), SessionEntryOptions.absolute(SOON)).orElseThrow();
        tracker.start(new Visit("d"), SessionEntryOptions.sliding(SOON)).orElseThrow();
        tracker.start(new Visit("e"), SessionEntryOptions.absoluteAt(at(before).plus(SOON)))
                .orElseThrow();
        long after = serverTime();
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        events.stream().filter(SessionExpired.class::isInstance).count() >= 3);

        assertThat(events)
                .filteredOn(SessionExpired.class::isInstance)
                .hasSize(3)
                .allSatisfy(event -> {
                    assertThat(event.key()).isIn("c", "d", "e");
                    assertThat(event.at())
                            .isBetween(
                                    at(before).plus(SOON), at(after).plus(SOON).plus(TOLERANCE));
                });
        assertThat(serverTime()).isGreaterThanOrEqualTo(before + SOON.toMillis());
        assertThat(tracker.count(Visit.class)).isEqualTo(2);
        assertThat(tracker.get(Visit.class, "a").isSuccess()).isTrue();
        assertThat(tracker.query(Visit.class).where("all").deleteAll()).isEqualTo(2);
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private long serverTime() {
        try (var connection = connections.getConnection()) {
            Long time = connection.serverCommands().time();
            return time == null ? 0 : time;
        }
    }

    /** A session. */
    static final class Visit extends Session {
        Visit(String key) {
            super(key);
        }
    }
}
