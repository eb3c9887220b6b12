package io.sessiontracker.edge;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Locks on a server of the test's own, where it can see what is left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RedisEdge extends GrantAtTheEdge {

    static final String NAMESPACE = "cinema";

    final RedisServer server = RedisServer.launch();
    final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));

    @AfterAll
    void stop() {
        connections.destroy();
        server.close();
    }

    @BeforeEach
    void clear() {
        server.call(redis -> redis.flushall());
    }

    @Override
    protected SessionDataProvider data() {
        return new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), NAMESPACE);
    }

    @Override
    protected Collection<String> locked(SessionLockProvider provider, List<String> keys) {
        return server.call(redis -> redis.keys("*:l*:seat-*"));
    }

    @Override
    protected void assertNothingLeft() {
        await().untilAsserted(() -> assertThat(server.<List<String>>call(redis -> redis.pubsubChannels()))
                .isEmpty());
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name ->
                        name.startsWith("sessiontracker-redis-locks") || name.startsWith("sessiontracker-redisson")));
    }
}
