package io.sessiontracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RedisNearCacheTest {

    private static final Pattern SENT = Pattern.compile("total_net_output_bytes:(\\d+)");

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));

    static final class Basket extends Session {
        public List<String> items = new ArrayList<>();

        Basket(String key) {
            super(key);
        }
    }

    @AfterEach
    void stop() {
        connections.destroy();
        server.close();
    }

    @Test
    void shouldSendAnUnchangedSessionOnce() {
        SessionTracker tracker = tracker(NearCacheMode.VALIDATED);
        Basket basket = new Basket("b-1");
        basket.items.add("x".repeat(50_000));
        tracker(NearCacheMode.NONE).start(basket).orElseThrow();

        assertThat(sentDuring(() -> tracker.get(Basket.class, "b-1").orElseThrow()))
                .isGreaterThan(50_000);
        assertThat(sentDuring(() -> {
                    for (int i = 0; i < 100; i++) {
                        assertThat(tracker.get(Basket.class, "b-1").orElseThrow().items)
                                .isEqualTo(basket.items);
                    }
                }))
                .isLessThan(100 * 200);
    }

    private SessionTracker tracker(NearCacheMode mode) {
        return new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop"),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(
                        SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(mode)), Map.of()))
                .buildIdle();
    }

    /** Returns how many bytes the server sends meanwhile, its own statistics aside. */
    private long sentDuring(Runnable calls) {
        long before = sent();
        long statistics = sent() - before;
        calls.run();
        return sent() - before - 2 * statistics;
    }

    private long sent() {
        Matcher sent = SENT.matcher(server.<String>call(redis -> redis.info("stats")));
        assertThat(sent.find()).isTrue();
        return Long.parseLong(sent.group(1));
    }
}
