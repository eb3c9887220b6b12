package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.awaitility.Awaitility.await;

/** An instance of an application whose type "basket" has a near cache. */
final class CachingNode implements AutoCloseable {

    static final SessionTypeSettings DEFAULTS = SessionTypeSettings.BUILT_IN;

    final ClosableSessionTracker tracker;
    final AtomicInteger hits = new AtomicInteger();
    private final LettuceConnectionFactory connections;

    static final class Basket extends Session {
        public long items;

        Basket(String key) {
            super(key);
        }
    }

    CachingNode(LettuceConnectionFactory connections, SessionTypeSettings settings) {
        this.connections = connections;
        this.tracker = new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop"),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .instrumentation(new SessionInstrumentation() {
                    @Override
                    public void nearCacheRead(String type, boolean hit) {
                        hits.addAndGet(hit ? 1 : 0);
                    }
                })
                .buildIdle();
    }

    static CachingNode local(LettuceConnectionFactory connections, Duration maxStaleness) {
        return new CachingNode(
                connections, DEFAULTS.withNearCache(new NearCacheSettings(NearCacheMode.LOCAL, maxStaleness)));
    }

    /** Reads until the answer comes from memory. */
    Basket awaitHit(String key) {
        await().until(() -> {
            int before = hits.get();
            items(key);
            return hits.get() > before;
        });
        return tracker.peek(Basket.class, key).orElseThrow();
    }

    /** Reads without a touch, for which a copy would have to ask the store now and then. */
    SessionResult<Basket> peek(String key) {
        return tracker.peek(Basket.class, key);
    }

    long items(String key) {
        return tracker.get(Basket.class, key).orElseThrow().items;
    }

    void add(String key) {
        tracker.modify(Basket.class, key, basket -> basket.items++).orElseThrow();
    }

    @Override
    public void close() {
        tracker.close();
        connections.destroy();
    }
}
