package io.sessiontracker.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisStringCommands.SetOption;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.types.Expiration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A session that cannot be read is reported and stays; none beside it is affected. */
class RedisUnreadableTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
    private final List<SessionAddress> addresses = StoreProbe.sameBucket(3);
    private final SessionAddress broken = addresses.get(1);
    private final List<String> expired = new CopyOnWriteArrayList<>();
    private final List<SessionTrackerError> errors = new CopyOnWriteArrayList<>();
    private final ClosableSessionTracker tracker = new SessionTrackerBuilder(
                    store.provider, new InMemorySessionLockProvider(), new JacksonSessionCodec())
            .settings(new SessionTrackerSettings(
                    new SessionTypeSettings(
                            SessionEntryOptions.absolute(HOUR),
                            HOUR,
                            SessionEntryOptions.none(),
                            LockSettings.BUILT_IN,
                            Set.of("tenant")),
                    Map.of()))
            .sweep(new SweepSettings(false, HOUR, Duration.ofMillis(1), 100, 3))
            .types(List.of(Checkout.class))
            .listener(new SessionListener() {
                @Override
                public void onEvent(SessionEvent<?> event) {
                    if (event instanceof SessionExpired<?>) {
                        expired.add(event.key());
                    }
                }

                @Override
                public void onError(SessionTrackerError error) {
                    errors.add(error);
                }
            })
            .buildIdle();

    enum Damage {
        CUT {
            @Override
            byte[] of(byte[] value) {
                return Arrays.copyOf(value, value.length - 8);
            }
        },
        UNKNOWN {
            @Override
            byte[] of(byte[] value) {
                byte[] other = value.clone();
                other[0] = 99;
                return other;
            }
        };

        abstract byte[] of(byte[] value);
    }

    @BeforeEach
    void startAll() {
        for (SessionAddress address : addresses) {
            Checkout checkout = new Checkout(address.key());
            checkout.getProperties().put("tenant", "acme".repeat(20));
            tracker.start(checkout).orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldPageBesideIt(Damage damage) {
        byte[] value = damage(damage, broken);

        assertThat(tracker.query(Checkout.class).page().sessions())
                .extracting(Session::getKey)
                .containsExactly(addresses.get(0).key(), addresses.get(2).key());
        assertReported("A query leaves out a session that cannot be read");
        assertThat(store.value(store.layout.running(broken))).isEqualTo(value);
    }

    @Test
    void shouldDeliverBesideItAndKeepIt() {
        damage(Damage.CUT, broken);
        addresses.forEach(address -> store.redis.execute((RedisCallback<Boolean>)
                connection -> connection.keyCommands().pExpire(store.layout.running(address), HOUR.toMillis() - 1)));
        addresses.forEach(this::makeDue);

        assertThat(tracker.expireSessions()).isEqualTo(2);
        assertThat(expired)
                .containsExactlyInAnyOrder(
                        addresses.get(0).key(), addresses.get(2).key());
        assertReported("An expired session cannot be read");
        byte[] awaiting = store.layout.bucket(broken).expiredSessions(broken.key());
        for (int sweep = 0; sweep < 10; sweep++) {
            assertThat(tracker.expireSessions()).isZero();
            assertThat(store.redis.opsForHash().size(awaiting)).isOne();
        }
        assertThat(errors).as("no more often than a listener would be tried").hasSizeLessThanOrEqualTo(3);
    }

    /** So that its entry is looked at, as it is when its deadline has passed. */
    private void makeDue(SessionAddress address) {
        byte[] deadlines = store.layout.bucket(address).deadlines(false);
        store.members(deadlines).forEach(entry -> store.redis.opsForZSet().add(deadlines, entry, 1));
    }

    /** What one script claimed is not left to its lease because another failed. */
    @Test
    void shouldAnswerClaimsMadeBeforeAFailure() {
        addresses.forEach(address -> store.redis.execute((RedisCallback<Boolean>)
                connection -> connection.keyCommands().pExpire(store.layout.running(address), HOUR.toMillis() - 1)));
        addresses.forEach(this::makeDue);
        SessionSweep sweep = SessionSweep.claim("checkout", 10, StoreProbe.HOUR);
        ScriptRunner runner = ScriptRunner.over(store.redis.getRequiredConnectionFactory());
        int[] claims = {0};
        ScriptRunner failing = new ScriptRunner() {
            @Override
            public <R> CompletionStage<R> run(ScriptCall<R> operation) {
                return operation.script().name().equals("index/due") && claims[0]++ > 0
                        ? CompletableFuture.failedFuture(operation.failure(new IllegalStateException("lost")))
                        : runner.run(operation);
            }
        };
        Checkout other = new Checkout("in-another-bucket");
        tracker.start(other).orElseThrow();
        SessionAddress elsewhere = new SessionAddress("checkout", other.getKey());
        makeDue(elsewhere);
        DueBuckets due = new DueBuckets(new MultiSlotCalls(true));

        SessionSweep.Reply reply = StoreProbe.join(BucketSweep.run(
                store.expirationScripts,
                store.indexScripts,
                due,
                failing,
                addresses.get(0).bucket(),
                sweep));
        assertThat(reply.claimed()).hasSize(3);
        assertThat(reply.more()).isTrue();
        assertThatThrownBy(() -> StoreProbe.join(BucketSweep.run(
                        store.expirationScripts,
                        store.indexScripts,
                        due,
                        failing,
                        addresses.get(0).bucket(),
                        sweep.from(reply.next()))))
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("Redis could not look for expired sessions in bucket")
                .hasMessageContaining("lost");
    }

    private byte[] damage(Damage damage, SessionAddress address) {
        byte[] key = store.layout.running(address);
        byte[] value = damage.of(store.value(key));
        store.redis.execute((RedisCallback<Boolean>)
                connection -> connection.stringCommands().set(key, value, Expiration.keepTtl(), SetOption.upsert()));
        return value;
    }

    private void assertReported(String activity) {
        assertThat(errors).first().satisfies(error -> {
            assertThat(error.activity()).isEqualTo(activity);
            assertThat(error.type()).isEqualTo("checkout");
            assertThat(error.key()).isEqualTo(broken.key());
        });
    }

    static class Checkout extends Session {
        Checkout(String key) {
            super(key);
        }
    }
}
