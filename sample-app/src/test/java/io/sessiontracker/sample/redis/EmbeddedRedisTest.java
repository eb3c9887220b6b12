package io.sessiontracker.sample.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.sessiontracker.sample.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmbeddedRedisTest {

    private final int port = Shop.freePort();

    @Test
    void shouldEndWithTheInstanceThatStartedIt() throws IOException {
        try (EmbeddedRedis first = EmbeddedRedis.startOrJoin(port)) {
            try (EmbeddedRedis second = EmbeddedRedis.startOrJoin(port)) {
                assertThat(second.getStandalone().getPort())
                        .isEqualTo(first.getStandalone().getPort());
            }
            assertThat(RedisProbe.probe("127.0.0.1", port)).isEqualTo(RedisProbe.REDIS);
        }
        assertThat(RedisProbe.probe("127.0.0.1", port)).isEqualTo(RedisProbe.NOTHING);
    }

    @Test
    void shouldShareServerOfInstancesStartedTogether() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(4);
        try {
            Callable<EmbeddedRedis> start = () -> EmbeddedRedis.startOrJoin(port);
            List<Future<EmbeddedRedis>> all = instances.invokeAll(List.of(start, start, start, start));
            for (Future<EmbeddedRedis> instance : all) {
                instance.get().close();
            }
        } finally {
            instances.shutdown();
        }
        assertThat(RedisProbe.probe("127.0.0.1", port)).isEqualTo(RedisProbe.NOTHING);
    }

    @Test
    void shouldRefuseAPortThatIsTakenByAnotherServer() throws IOException {
        try (ServerSocket silent = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
            assertThat(silent.isBound()).isTrue();
            assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                    .isThrownBy(() -> EmbeddedRedis.startOrJoin(port))
                    .satisfies(e -> assertThat(e.getName()).isEqualTo("shop.redis.port"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.data.redis.host=localhost",
                "spring.data.redis.port=6380",
                "spring.data.redis.url=redis://localhost",
                "spring.data.redis.cluster.nodes[0]=localhost:7000",
                "spring.data.redis.sentinel.nodes=localhost:26379",
                "shop.redis.embedded=false",
                "session-tracker.store=memory"
            })
    void shouldNotStartUnlessNeeded(String property) {
        runner().withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedRedis.class));
    }

    @Test
    void shouldStartIfNoServerIsConfigured() {
        runner().withPropertyValues("spring.data.redis.timeout=2s")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(EmbeddedRedis.class));
    }

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withUserConfiguration(EmbeddedRedisConfiguration.class)
                .withPropertyValues("shop.redis.port=" + port);
    }
}
