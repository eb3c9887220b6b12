package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several instances that sweep at random: each expiry is attempted by the first sweep of a listening instance that begins after
 * the deadline, or after the lease of one that died. Time is counted in sweeps; the seed of a failure is its repetition.
 */
class ExpiryDeliveryTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BRIEF = Duration.ofMillis(30);
    private static final List<Duration> INTERVALS = List.of(Duration.ofMillis(1), BRIEF, Duration.ofSeconds(10), HOUR);
    private static final int STEPS = 60;

    private final RedisServers servers = RedisTopology.STANDALONE.servers();
    private final String namespace = RedisTopology.newNamespace();
    private final SessionTrackerSettings settings = new SessionTrackerSettings(
            new SessionTypeSettings(
                    SessionEntryOptions.absolute(HOUR), HOUR, SessionEntryOptions.none(), LockSettings.BUILT_IN),
            Map.of());
    private final ClosableSessionTracker starter = new SessionTrackerBuilder(
                    store(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
            .settings(settings)
            .buildIdle();
    private final Map<String, Long> deadlines = new HashMap<>();
    private final Map<String, Integer> delivered = new HashMap<>();
    private final List<Instance> instances = new ArrayList<>();

    @RepeatedTest(20)
    void shouldDeliverEachOnceByTheFirstSweepOfAListener(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        addInstances(random, HOUR);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(3) > 0) {
                start(random, "key-" + step);
            } else {
                sweepAndCheck(instances.get(random.nextInt(instances.size())), Long.MIN_VALUE);
            }
        }
        awaitLastDeadline();
        sweepAndCheck(instances.get(0), Long.MIN_VALUE);
        assertThat(delivered)
                .hasSameSizeAs(deadlines)
                .allSatisfy((key, times) -> assertThat(times).isOne());
    }

    @RepeatedTest(10)
    void shouldRedeliverClaimsOfADeadInstanceAfterTheLease(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        addInstances(random, BRIEF);
        long leased = Long.MIN_VALUE;
        for (int step = 0; step < STEPS; step++) {
            start(random, "key-" + step);
            Instance instance = instances.get(random.nextInt(instances.size()));
            if (random.nextInt(10) == 0) {
                instance.dieAfter = random.nextInt(3);
                instance.sweeper.sweepShared();
                instance.restart();
                leased = servers.timeMillis() + BRIEF.toMillis();
            } else if (random.nextBoolean()) {
                sweepAndCheck(instance, leased);
            }
        }
        awaitLastDeadline();
        long over = leased;
        await().until(() -> servers.timeMillis() > over);
        sweepAndCheck(instances.get(0), leased);
        assertThat(delivered.keySet()).isEqualTo(deadlines.keySet());
    }

    private void addInstances(Random random, Duration lease) {
        int listening = 1 + random.nextInt(2);
        for (int i = 0; i < listening + 1 + random.nextInt(3); i++) {
            Duration interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
            instances.add(new Instance(i < listening, new SweepSettings(false, interval, lease, 3, 100)));
        }
    }

    /** Due now, soon, or sooner than what was there when its bucket was last looked at. */
    private void start(Random random, String key) {
        int millis = random.nextInt(40) - 10;
        SessionEntryOptions options = millis > 0 && random.nextBoolean()
                ? SessionEntryOptions.sliding(Duration.ofMillis(millis))
                : SessionEntryOptions.absoluteAt(Instant.ofEpochMilli(servers.timeMillis() + millis));
        starter.start(new Basket(key), options).orElseThrow();
        deadlines.put(key, servers.timeMillis() + Math.max(millis, 0));
    }

    /** By the store's clock, in which a deadline is known to the millisecond or two that a start takes. */
    private void sweepAndCheck(Instance instance, long leased) {
        long begun = servers.timeMillis();
        instance.sweeper.sweepShared();
        if (instance.listening && begun > leased) {
            deadlines.forEach((key, deadline) -> {
                if (deadline + 2 < begun) {
                    assertThat(delivered).as("delivered").containsKey(key);
                }
            });
        }
    }

    private void awaitLastDeadline() {
        long last = deadlines.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        await().until(() -> servers.timeMillis() > last + 2);
    }

    private SessionDataProvider store() {
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(servers.connectionFactory()), namespace);
    }

    /** One process of an application. */
    private final class Instance implements SessionListener {

        final boolean listening;
        final SessionSweeper sweeper;
        int dieAfter = -1;

        Instance(boolean listening, SweepSettings sweep) {
            this.listening = listening;
            SessionTypes types = new SessionTypes(settings, new JacksonSessionCodec(), List.of(Basket.class));
            SessionListeners listeners = new SessionListeners(types, settings, sweep);
            listeners.add(List.of(this));
            StoreReplyMapper replies = new StoreReplyMapper(new JacksonSessionCodec(), SessionInstrumentation.NONE);
            SessionDataProvider store = store();
            SessionEvents events = new SessionEvents(replies, listeners, new CallerTransactions(store));
            sweeper = new SessionSweeper(types, store, replies, events, sweep, SessionInstrumentation.NONE);
        }

        @Override
        public void onEvent(SessionEvent<?> event) {
            delivered.merge(event.key(), 1, Integer::sum);
            if (dieAfter-- == 0) {
                sweeper.stop();
            }
        }

        @Override
        public boolean listensTo(Class<?> event, Class<? extends Session> type) {
            return listening && event == SessionExpired.class;
        }

        /** As another process, which knows nothing of what this one had claimed. */
        void restart() {
            dieAfter = -1;
            sweeper.start();
        }
    }

    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
