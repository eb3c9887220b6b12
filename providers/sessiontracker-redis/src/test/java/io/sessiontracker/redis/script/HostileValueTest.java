package io.sessiontracker.redis.script;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStringCommands.SetOption;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.types.Expiration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** A stored value that somebody changed ends each call, with a reply or a {@link SessionStoreException}; its neighbours stay. */
class HostileValueTest {

    private static final Lifetimes LIFETIMES = new Lifetimes(2 * StoreProbe.HOUR, 0, StoreProbe.HOUR, StoreProbe.HOUR);

    private final StoreProbe store = StoreProbe.on(RedisTopology.STANDALONE);
    private final List<SessionAddress> addresses = StoreProbe.sameBucket(2);
    private final SessionAddress hostile = addresses.get(0);
    private final SessionAddress neighbour = addresses.get(1);

    @Test
    void eachChangedByteShouldEndInAReplyOrAnError() {
        start(neighbour);
        StoreReply before = ask(() -> store.provider.get(neighbour, false));
        SessionVersion version = start(hostile);
        byte[] key = store.layout.running(hostile);
        byte[] value = store.value(key);
        for (int at = 0; at < value.length; at++) {
            for (int other : new int[] {0, 1, 127, 255, value[at] + 1}) {
                byte[] changed = value.clone();
                changed[at] = (byte) other;
                useAll(key, changed, version);
            }
        }
        for (int length = 0; length < value.length; length += 3) {
            useAll(key, Arrays.copyOf(value, length), version);
        }

        assertThat(ask(() -> store.provider.get(neighbour, false)))
                .usingRecursiveComparison()
                .isEqualTo(before);
    }

    /** A delete or a finish removes what was there, so the value is stored before each of them. */
    private void useAll(byte[] key, byte[] value, SessionVersion version) {
        put(key, value);
        ask(() -> store.provider.get(hostile, true));
        ask(() -> store.provider.touch(hostile));
        ask(() -> store.provider.update(hostile, version, data(), OperationToken.random()));
        ask(() -> store.provider.count("checkout", false));
        ask(() -> store.provider.scan(new SessionScan("checkout", false, null, 10, null, Set.of("tenant"), false)));
        ask(() -> store.provider.sweep(SessionSweep.claim("checkout", 10, 1)));
        put(key, value);
        ask(() -> store.provider.finish(hostile, null, LIFETIMES, OperationToken.random(), true));
        ask(() -> store.provider.resume(hostile, null, LIFETIMES, OperationToken.random(), true));
        put(key, value);
        ask(() -> store.provider.delete(hostile, SessionStates.BOTH, null, OperationToken.random(), true));
    }

    private SessionVersion start(SessionAddress address) {
        OperationToken token = OperationToken.random();
        StoreReply reply = ask(
                () -> store.provider.start(address, List.of(token.newSessionId()), data(), LIFETIMES, token, false));
        return ((StoreReply.Started) reply).version();
    }

    private static SessionData data() {
        return new SessionData(Map.of("tenant", "a", "colour", "red"), Set.of("tenant"), new byte[] {1, 2, 3});
    }

    private void put(byte[] key, byte[] value) {
        store.redis.execute((RedisCallback<Boolean>) connection ->
                connection.stringCommands().set(key, value, Expiration.from(Duration.ofHours(1)), SetOption.upsert()));
    }

    /** Returns the answer; null if the store refused. */
    private static <R> R ask(Supplier<CompletionStage<R>> call) {
        try {
            CompletableFuture<R> asked = call.get().toCompletableFuture();
            return asked.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (SessionStoreException refused) {
            return null;
        } catch (CompletionException failed) {
            return failed.getCause() instanceof SessionStoreException ? null : fail("No other failure", failed);
        }
    }
}
