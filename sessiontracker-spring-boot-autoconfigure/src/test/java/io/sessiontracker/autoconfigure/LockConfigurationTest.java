package io.sessiontracker.autoconfigure;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@ExtendWith(OutputCaptureExtension.class)
class LockConfigurationTest {

    private static final String OWN_CLIENT = "sessionTrackerRedissonClient";

    @ParameterizedTest
    @CsvSource({
        "session-tracker.store=redis, unrelated=true, true",
        "unrelated=true, unrelated=true, true",
        "session-tracker.store=memory, unrelated=true, false",
        "session-tracker.store=memory, session-tracker.lock.provider=redisson, true",
        "session-tracker.store=redis, session-tracker.lock.provider=Memory, false",
        "session-tracker.store=redis, session-tracker.lock.provider=Redisson, true"
    })
    void shouldUseConfiguredOrDefaultProvider(String store, String provider, boolean redisson) {
        Class<? extends SessionLockProvider> expected =
                redisson ? RedissonSessionLockProvider.class : InMemorySessionLockProvider.class;
        Applications.redis().withPropertyValues(store, provider).run(context -> {
            assertThat(context).hasSingleBean(SessionTracker.class).hasSingleBean(SessionLockProvider.class);
            assertThat(context).hasSingleBean(expected);
            assertThat(context.containsBean(OWN_CLIENT)).isEqualTo(redisson);
        });
    }

    @Test
    void shouldShutDownCreatedClientWithContext() {
        RedissonClient[] client = new RedissonClient[1];
        Applications.redis().run(context -> {
            client[0] = context.getBean(OWN_CLIENT, RedissonClient.class);
            assertThat(client[0].isShutdown()).isFalse();
        });
        assertThat(client[0].isShutdown()).isTrue();
    }

    @Test
    void shouldHideCreatedClientFromApplication() {
        Applications.redis().withUserConfiguration(WantsAClient.class).run(context -> {
            assertThat(context).hasBean(OWN_CLIENT);
            assertThat(context.getBean(WantsAClient.class).client).isNull();
        });
    }

    @Test
    void shouldNotShutDownApplicationsClient() {
        RedissonClient client = lazyClient();
        try {
            Applications.redis()
                    .withBean("redisson", RedissonClient.class, () -> client, bean -> bean.setDestroyMethodName(""))
                    .run(context -> assertThat(context)
                            .hasSingleBean(RedissonSessionLockProvider.class)
                            .doesNotHaveBean(OWN_CLIENT));
            assertThat(client.isShutdown()).isFalse();
        } finally {
            client.shutdown();
        }
    }

    @Test
    void shouldUseTheApplicationsClientWithoutSpringDataRedis() {
        Applications.memory()
                .withPropertyValues("session-tracker.lock.provider=redisson")
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.data.redis", "org.springframework.data.redis"))
                .withBean(RedissonClient.class, LockConfigurationTest::lazyClient)
                .run(context -> assertThat(context)
                        .hasSingleBean(SessionTracker.class)
                        .hasSingleBean(RedissonSessionLockProvider.class));
    }

    @Test
    void shouldLogThatLocksBypassCustomConnectionFactory(CapturedOutput output) {
        Applications.redis()
                .withBean("shopRedis", RedisConnectionFactory.class, () -> new LettuceConnectionFactory("localhost", 1))
                .run(context -> assertThat(output)
                        .contains("own RedisConnectionFactory [shopRedis]", "declare a RedissonClient bean"));
    }

    @Test
    void shouldNotLogSpringBootsConnectionFactory(CapturedOutput output) {
        Applications.redis().run(context -> assertThat(output).doesNotContain("RedisConnectionFactory"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redisson", "redis", "memory", "zookeeper"})
    void shouldBackOffFromALockServiceOfTheApplication(String provider) {
        SessionLockProvider own = mock();
        Applications.redis()
                .withPropertyValues("session-tracker.lock.provider=" + provider)
                .withBean(SessionLockProvider.class, () -> own)
                .run(context -> {
                    assertThat(context).hasSingleBean(SessionTracker.class).doesNotHaveBean(OWN_CLIENT);
                    assertThat(context).getBean(SessionLockProvider.class).isSameAs(own);
                });
    }

    @Test
    void shouldLockInRedisWithoutRedisson() {
        Applications.redis()
                .withPropertyValues("session-tracker.lock.provider=redis")
                .withClassLoader(new FilteredClassLoader("org.redisson"))
                .run(context -> assertThat(context)
                        .hasSingleBean(SessionTracker.class)
                        .hasSingleBean(RedisSessionLockProvider.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "memory"})
    void shouldLockInRedisDespiteRedisson(String store) {
        Applications.redis()
                .withPropertyValues("session-tracker.store=" + store, "session-tracker.lock.provider=Redis")
                .run(context -> assertThat(context)
                        .hasSingleBean(SessionTracker.class)
                        .hasSingleBean(RedisSessionLockProvider.class)
                        .hasSingleBean(SessionLockProvider.class)
                        .doesNotHaveBean(OWN_CLIENT));
    }

    @Test
    void shouldShareConnectionsOfSessions() {
        Applications.redis()
                .withPropertyValues("session-tracker.lock.provider=redis")
                .run(context -> assertThat(context.getBean(SessionLockProvider.class)
                                .lockingReader(context.getBean(SessionDataProvider.class)))
                        .isPresent());
    }

    @Test
    void shouldNotGuessTheProviderFromTheClassPath() {
        Applications.redis()
                .withClassLoader(new FilteredClassLoader("org.redisson"))
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void shouldWarnOfLocksInMemoryForSessionsInRedis(CapturedOutput output) {
        Applications.redis()
                .withPropertyValues("session-tracker.lock.provider=memory")
                .run(context -> assertThat(output)
                        .contains("session-tracker.lock.provider is memory: locks hold within this process only"));
    }

    @Test
    void shouldNotWarnOfLocksInMemoryForSessionsInMemory(CapturedOutput output) {
        Applications.memory().run(context -> assertThat(output).doesNotContain("hold within this process only"));
    }

    @Test
    void shouldLockInMemoryWithoutRedisson() {
        Applications.redis()
                .withPropertyValues("session-tracker.lock.provider=memory")
                .withClassLoader(new FilteredClassLoader("org.redisson"))
                .run(context -> assertThat(context).hasSingleBean(InMemorySessionLockProvider.class));
    }

    private static RedissonClient lazyClient() {
        Config lazy = new Config().setLazyInitialization(true);
        lazy.useSingleServer().setAddress("redis://127.0.0.1:1");
        return Redisson.create(lazy);
    }

    @Configuration(proxyBeanMethods = false)
    static class WantsAClient {

        final @Nullable RedissonClient client;

        WantsAClient(ObjectProvider<RedissonClient> client) {
            this.client = client.getIfAvailable();
        }
    }
}
