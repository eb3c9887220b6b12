package io.sessiontracker.autoconfigure;

import java.time.Instant;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.spring.data.connection.RedissonConnectionFactory;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** The configured tracker at work. */
class EndToEndTest {

    @Test
    void shouldKeepSessionsInMemory() {
        Applications.memory().run(EndToEndTest::liveASession);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepSessionsInRedis(RedisTopology topology) {
        redis(topology.servers()).run(EndToEndTest::liveASession);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepSessionsAndLocksInRedis(RedisTopology topology) {
        redis(topology.servers())
                .withPropertyValues("session-tracker.lock.provider=redis")
                .run(EndToEndTest::liveASession);
    }

    @Test
    void shouldShareSessionsBetweenInstances() {
        ApplicationContextRunner instance = redis(RedisTopology.STANDALONE.servers());
        instance.run(one -> instance.run(another -> {
            tracker(one).start(new CheckoutSession("order-8")).orElseThrow();
            try (var lock = tracker(one).lock(CheckoutSession.class, "order-8").orElseThrow()) {
                assertThat(lock.isAcquired()).isTrue();
                assertThat(tracker(another)
                                .getLocked(CheckoutSession.class, "order-8")
                                .failure())
                        .get()
                        .isInstanceOf(SessionError.LockNotAcquired.class);
            }
            assertThat(tracker(another).get(CheckoutSession.class, "order-8").isSuccess())
                    .isTrue();
        }));
    }

    @Test
    void shouldKeepNamespacesApart() {
        RedisServers servers = RedisTopology.STANDALONE.servers();
        redis(servers)
                .run(one -> redis(servers).run(another -> {
                    tracker(one).start(new CheckoutSession("order-8")).orElseThrow();
                    try (var lock = tracker(one)
                                    .lock(CheckoutSession.class, "order-8")
                                    .orElseThrow();
                            var other = tracker(another)
                                    .lock(CheckoutSession.class, "order-8")
                                    .orElseThrow()) {
                        assertThat(lock.isAcquired() && other.isAcquired()).isTrue();
                    }
                    assertThat(tracker(another)
                                    .get(CheckoutSession.class, "order-8")
                                    .failure())
                            .get()
                            .isInstanceOf(SessionError.NotFound.class);
                }));
    }

    @Test
    void shouldWorkWithRedissonsStarter() {
        redis(RedisTopology.STANDALONE.servers())
                .withConfiguration(AutoConfigurations.of(RedissonAutoConfigurationV4.class))
                .run(context -> {
                    assertThat(context.getBean(RedisConnectionFactory.class))
                            .isInstanceOf(RedissonConnectionFactory.class);
                    assertThat(context).doesNotHaveBean("sessionTrackerRedissonClient");
                    liveASession(context);
                });
    }

    private static ApplicationContextRunner redis(RedisServers servers) {
        return Applications.bare()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(servers.properties().entrySet().stream()
                        .map(property -> property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new))
                .withPropertyValues("session-tracker.namespace=" + RedisTopology.newNamespace());
    }

    private static SessionTracker tracker(AssertableApplicationContext context) {
        return context.getBean(SessionTracker.class);
    }

    private static void liveASession(AssertableApplicationContext context) {
        SessionTracker tracker = tracker(context);
        tracker.start(new CheckoutSession("order-7")).orElseThrow();
        try (var locked = tracker.getLocked(CheckoutSession.class, "order-7").orElseThrow()) {
            assertThat(tracker.lock(CheckoutSession.class, "order-7", LockOptions.defaults())
                            .isFailure())
                    .isTrue();
            locked.session().paidAt = Instant.EPOCH;
            tracker.update(locked.session()).orElseThrow();
        }
        assertThat(tracker.finishAndGet(CheckoutSession.class, "order-7").orElseThrow())
                .satisfies(finished -> assertThat(finished.paidAt).isEqualTo(Instant.EPOCH))
                .satisfies(finished -> assertThat(finished.getVersion()).isEqualTo(2));
        tracker.resume(CheckoutSession.class, "order-7").orElseThrow();
        tracker.delete(CheckoutSession.class, "order-7").orElseThrow();
        assertThat(tracker.get(CheckoutSession.class, "order-7").isFailure()).isTrue();
    }
}
