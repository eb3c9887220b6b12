package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.sessiontracker.history.HistoryStore;
import io.sessiontracker.history.NearCaches;
import io.sessiontracker.history.SessionModel;
import io.sessiontracker.history.SessionModel.Living;
import io.sessiontracker.history.Text;
import io.sessiontracker.history.Ticks;
import io.sessiontracker.memory.SettableClock;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ClockPrelude;
import io.sessiontracker.redis.script.IndexCheck;
import io.sessiontracker.redis.script.KeyLayout;
import io.sessiontracker.redis.script.Snapshot;
import io.sessiontracker.redis.script.Snapshot.Stored;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.testing.RedisServers;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers of a test's own, emptied for each history, whose clocks seem to stand still until the history moves them. */
public final class MovedRedis {

    /** Takes that much of every TTL, and a little more: what is due at this very moment is gone, as for the model. */
    private static final byte[] AGE = """
            local by = ARGV[1] + 5
            for _, key in ipairs(redis.call('KEYS', '*')) do
                local left = redis.call('PTTL', key)
                if left >= 0 then
                    redis.call('PEXPIRE', key, left - by)
                end
            end
            return ''
            """.getBytes(StandardCharsets.UTF_8);

    private static final String NAMESPACE = "history";

    private final List<RedisCommands<byte[], byte[]>> nodes;
    private final RedisConnectionFactory connections;

    /** On these servers, which no other test uses. */
    public MovedRedis(RedisServers servers) {
        this.connections = servers.connectionFactory();
        this.nodes = servers.nodes().stream()
                .map(node -> RedisURI.create(node.getRequiredHost(), node.getRequiredPort()))
                .map(uri ->
                        RedisClient.create(uri).connect(ByteArrayCodec.INSTANCE).sync())
                .toList();
    }

    /** An empty store that goes by that clock. */
    public HistoryStore empty(SettableClock clock) {
        RedisSessionDataProvider provider = newProvider(clock);
        return store(clock, provider, () -> {});
    }

    /** The same, called by two instances with near caches. */
    public HistoryStore emptyWithNearCaches(SettableClock clock) {
        return store(clock, NearCaches.over(newProvider(clock)), () -> {});
    }

    /**
     * The same, where most of each sliding lifetime is its tolerance. Each move of the clock begins with another process, as one
     * goes by a clock that cannot be moved.
     */
    public HistoryStore emptyWithTolerance(SettableClock clock) {
        TolerantProvider provider = new TolerantProvider(() -> newProvider(clock));
        return store(clock, provider.proxy(), provider::renew);
    }

    private HistoryStore store(SettableClock clock, SessionDataProvider provider, Runnable onMove) {
        nodes.forEach(RedisCommands::flushall);
        return new StoreProbe(provider, nodes, clock, new TreeSet<>(), onMove);
    }

    private RedisSessionDataProvider newProvider(SettableClock clock) {
        // Two calls are never in the same microsecond.
        AtomicLong calls = new AtomicLong();
        ScriptRunner runner = new ClockPrelude(
                ScriptRunner.over(connections), () -> clock.millis() * 1000 + calls.incrementAndGet() % 1000);
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), NAMESPACE, runner);
    }

    /** @param everImmortal of which buckets' running or finished sessions one had no TTL */
    private record StoreProbe(
            SessionDataProvider provider,
            List<RedisCommands<byte[], byte[]>> nodes,
            SettableClock clock,
            Set<String> everImmortal,
            Runnable onMove)
            implements HistoryStore {

        @Override
        public void clockMoved(Duration by) {
            byte[] millis = Long.toString(by.toMillis()).getBytes(StandardCharsets.US_ASCII);
            nodes.forEach(node -> node.eval(AGE, ScriptOutputType.VALUE, new byte[0][], millis));
            onMove.run();
        }

        @Override
        public void check(SessionModel model) {
            Snapshot snapshot = snapshot();
            for (boolean finished : new boolean[] {false, true}) {
                Map<String, String> expected = new TreeMap<>();
                Stream.of("cart", "visit")
                        .flatMap(type -> model.living(type, finished).stream())
                        .forEach(each -> expected.put(key(each.address(), finished), text(each)));
                assertThat(stored(snapshot, finished ? "}:f:" : "}:r:"))
                        .as("all that is stored")
                        .isEqualTo(expected);
            }
            IndexCheck.check(snapshot, true, Ticks.TICK.toMillis() / 2);
            checkImmortals(snapshot);
        }

        /** Nothing is without a TTL but sessions that are to live for ever, and their indexes. */
        private void checkImmortals(Snapshot snapshot) {
            Set<String> withoutTtl = new TreeSet<>();
            snapshot.keys().forEach((key, stored) -> {
                if (stored.ttl() == -1) {
                    withoutTtl.add(key.replaceFirst("(}:[rf])([sdp]|:.*)$", "$1"));
                    if (key.matches(".*}:[rf]:.*")) {
                        everImmortal.add(key.replaceFirst("(}:[rf]):.*$", "$1"));
                    }
                }
            });
            assertThat(everImmortal).as("what may have no TTL").containsAll(withoutTtl);
        }

        @Override
        public void assertEmpty() {
            assertThat(snapshot().keys().keySet()).as("what is left").isEmpty();
        }

        private static String key(SessionAddress address, boolean finished) {
            KeyLayout layout = new KeyLayout(NAMESPACE);
            return new String(finished ? layout.finished(address) : layout.running(address), StandardCharsets.UTF_8);
        }

        private String text(Living each) {
            long left = each.keptUntil() == Long.MAX_VALUE ? -1 : each.keptUntil() - clock.millis();
            return text(each.session(), left);
        }

        /** Each that is not due. */
        private static Map<String, String> stored(Snapshot snapshot, String kind) {
            Map<String, String> stored = new TreeMap<>();
            snapshot.keys().forEach((key, value) -> {
                String session = key.contains(kind) ? text(value) : null;
                if (session != null) {
                    stored.put(key, session);
                }
            });
            return stored;
        }

        private static @Nullable String text(Stored stored) {
            // What lives, lives for a tick or so: a history's moments are whole ticks.
            return stored.isDue() ? null : text(stored.session(), stored.ttl());
        }

        private static String text(StoredSession session, long ttl) {
            return Text.of(session) + " with a TTL of " + (ttl == -1 ? "never" : Ticks.rounded(ttl) + " ticks");
        }

        /** At the history's moment; what is left of a TTL is less by the real time since then. */
        private Snapshot snapshot() {
            Map<String, Stored> all = new TreeMap<>();
            nodes.forEach(node -> all.putAll(Snapshot.of(node, NAMESPACE + ":*").keys()));
            return new Snapshot(clock.millis(), all);
        }
    }
}
