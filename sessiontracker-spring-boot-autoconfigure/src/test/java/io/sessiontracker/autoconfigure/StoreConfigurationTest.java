package io.sessiontracker.autoconfigure;

import java.util.Map;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class StoreConfigurationTest {

    @Test
    void shouldBeListedForSpringBoot() {
        assertThat(ImportCandidates.load(
                        org.springframework.boot.autoconfigure.AutoConfiguration.class,
                        getClass().getClassLoader()))
                .contains(SessionTrackerAutoConfiguration.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-tracker.store=redis", "session-tracker.store=REDIS", "unrelated=true"})
    void shouldStoreInRedis(String property) {
        Applications.redis()
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasSingleBean(SessionTracker.class)
                        .hasSingleBean(SessionDataProvider.class)
                        .hasSingleBean(RedisSessionDataProvider.class));
    }

    @Test
    void shouldNotAffectApplicationsTemplates() {
        Applications.redis().withUserConfiguration(WantsTemplates.class).run(context -> {
            assertThat(context).hasBean("sessionTrackerRedisTemplate");
            assertThat(context.getBean(WantsTemplates.class).templates)
                    .containsOnlyKeys("redisTemplate", "stringRedisTemplate");
        });
    }

    @Test
    void shouldUseTemplateByName() {
        RedisTemplate<byte[], byte[]> template =
                RedisSessionDataProvider.template(new LettuceConnectionFactory("localhost", 1));
        Applications.redis()
                .withBean("sessionTrackerRedisTemplate", RedisTemplate.class, () -> template)
                .run(context -> assertThat(context)
                        .hasSingleBean(RedisSessionDataProvider.class)
                        .getBean("sessionTrackerRedisTemplate")
                        .isSameAs(template));
    }

    @Test
    void shouldUseThePrimaryConnectionFactory() {
        LettuceConnectionFactory primary = new LettuceConnectionFactory("localhost", 1);
        Applications.redis()
                .withBean("other", RedisConnectionFactory.class, () -> new LettuceConnectionFactory("localhost", 2))
                .withBean(
                        "mine", RedisConnectionFactory.class, () -> primary, definition -> definition.setPrimary(true))
                .run(context -> assertThat(context.getBean("sessionTrackerRedisTemplate", RedisTemplate.class)
                                .getConnectionFactory())
                        .isSameAs(primary));
    }

    @Test
    void shouldStoreInMemoryWithoutRedis() {
        Applications.memory()
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.data.redis", "org.redisson", "io.lettuce"))
                .run(context -> assertThat(context)
                        .hasSingleBean(SessionTracker.class)
                        .hasSingleBean(InMemorySessionDataProvider.class));
    }

    @Test
    void shouldNotTouchRedisWithMemoryStore() {
        Applications.redis()
                .withPropertyValues("session-tracker.store=memory")
                .run(context -> assertThat(context)
                        .hasSingleBean(InMemorySessionDataProvider.class)
                        .doesNotHaveBean("sessionTrackerRedisTemplate")
                        .doesNotHaveBean("sessionTrackerRedissonClient"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "memory", "mongodb"})
    void shouldBackOffFromAStoreOfTheApplication(String store) {
        SessionDataProvider own = new InMemorySessionDataProvider();
        Applications.redis()
                .withPropertyValues("session-tracker.store=" + store)
                .withBean(SessionDataProvider.class, () -> own)
                .run(context -> {
                    assertThat(context).hasSingleBean(SessionTracker.class);
                    assertThat(context).getBean(SessionDataProvider.class).isSameAs(own);
                    assertThat(context).doesNotHaveBean("sessionTrackerRedisTemplate");
                });
    }

    @Test
    void shouldBackOffFromATrackerOfTheApplication() {
        SessionTracker own = mock();
        Applications.bare()
                .withBean(SessionTracker.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(SessionTracker.class).isSameAs(own));
    }

    @Test
    void shouldBackOffFromSettingsOfTheApplication() {
        SessionTrackerSettings own = SessionTrackerSettings.BUILT_IN;
        Applications.memory()
                .withBean(SessionTrackerSettings.class, () -> own)
                .run(context -> assertThat(context)
                        .getBean(SessionTrackerSettings.class)
                        .isSameAs(own));
    }

    @Configuration(proxyBeanMethods = false)
    static class WantsTemplates {

        final Map<String, RedisTemplate<?, ?>> templates;

        WantsTemplates(Map<String, RedisTemplate<?, ?>> templates) {
            this.templates = templates;
        }
    }
}
