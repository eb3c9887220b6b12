package io.sessiontracker.autoconfigure;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;

/** Service connections, as of Testcontainers and Docker Compose, override the properties. */
class ServiceConnectionTest {

    @ParameterizedTest
    @ValueSource(strings = {"redisson", "redis"})
    void shouldUseServiceConnectionForSessionsAndLocks(String lockProvider) {
        try (RedisServer server = RedisServer.launch()) {
            Applications.redis()
                    .withPropertyValues("session-tracker.lock.provider=" + lockProvider)
                    .withBean(DataRedisConnectionDetails.class, () -> new Container(server.port()))
                    .run(context -> {
                        SessionTracker tracker = context.getBean(SessionTracker.class);
                        tracker.start(new CheckoutSession("order-7")).orElseThrow();
                        long keys = server.call(redis -> redis.dbsize());
                        assertThat(keys).isPositive();

                        LockOptions options = LockOptions.untilReleased();
                        try (var locked = tracker.getLocked(CheckoutSession.class, "order-7", options)
                                .orElseThrow()) {
                            assertThat(locked.lock().isAcquired()).isTrue();
                            long withLock = server.call(redis -> redis.dbsize());
                            assertThat(withLock).isGreaterThan(keys);
                        }
                    });
        }
    }

    private record Container(int port) implements DataRedisConnectionDetails {

        @Override
        public Standalone getStandalone() {
            return Standalone.of(RedisServer.HOST, port);
        }
    }
}
