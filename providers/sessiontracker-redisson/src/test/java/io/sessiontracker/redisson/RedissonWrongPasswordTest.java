package io.sessiontracker.redisson;

import java.time.Duration;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedissonWrongPasswordTest {

    @Test
    void shouldExplainWhyItCannotConnect() {
        try (RedisServer server = RedisServer.launch("requirepass right-one")) {
            Config config = RedissonClients.withShortTimeouts(server).setPassword("wrong-one");
            RedissonClient client = Redisson.create(config);
            try (RedissonSessionLockProvider provider = new RedissonSessionLockProvider(client, "shop")) {
                Duration hour = Duration.ofHours(1);
                LockRequest request =
                        new LockRequest(new SessionAddress("checkout", "order-7"), hour, Duration.ZERO, hour, false);
                assertThatThrownBy(() ->
                                provider.acquire(request).toCompletableFuture().join())
                        .cause()
                        .isInstanceOf(SessionStoreException.class)
                        .hasMessageContaining("WRONGPASS")
                        .message()
                        .doesNotContain("wrong-one");
            } finally {
                client.shutdown();
            }
        }
    }
}
