package io.sessiontracker.testing;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RedisTopologyTest {

    @ParameterizedTest
    @EnumSource
    void shouldServeEverySlot(RedisTopology topology) {
        RedisServers servers = topology.servers();
        StringRedisTemplate redis = new StringRedisTemplate(servers.connectionFactory());
        String namespace = RedisTopology.newNamespace();
        for (int i = 0; i < 50; i++) {
            redis.opsForValue().set(namespace + i, "v" + i, Duration.ofMinutes(1));
            assertThat(redis.opsForValue().get(namespace + i)).isEqualTo("v" + i);
        }
        assertThat(servers.timeMillis()).isPositive();
        assertThat(topology.servers()).isSameAs(servers);
    }

    @Test
    void shouldStopFreezeAndRestartAPrivateServer() {
        try (RedisServer server = RedisServer.launch("maxclients 100")) {
            Map<String, String> settings = server.call(commands -> commands.configGet("maxclients"));
            assertThat(settings).containsValue("100");
            var factory = server.newConnectionFactory(Duration.ofMillis(500));
            StringRedisTemplate redis = new StringRedisTemplate(factory);
            server.freeze();
            assertThatThrownBy(() -> redis.hasKey("k")).isInstanceOf(DataAccessException.class);
            server.thaw();
            await().ignoreExceptions().until(() -> !redis.hasKey("k"));
            server.stop();
            assertThatThrownBy(() -> redis.hasKey("k")).isInstanceOf(DataAccessException.class);
            server.start();
            await().ignoreExceptions().until(() -> !redis.hasKey("k"));
            factory.destroy();
        }
    }
}
