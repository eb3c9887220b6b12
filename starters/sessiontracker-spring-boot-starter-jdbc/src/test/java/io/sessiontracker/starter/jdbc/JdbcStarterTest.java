package io.sessiontracker.starter.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.jdbc.JdbcSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An application with the starter and H2, and nothing else. */
@SpringBootTest(
        properties = {
            "session-tracker.store=jdbc",
            "session-tracker.sweep.interval=100ms",
            "session-tracker.defaults.expired-retention=1h",
            "session-tracker.defaults.indexed-properties=tenant",
            "spring.application.name=shop"
        })
class JdbcStarterTest {

    private final ApplicationContext context;
    private final SessionTracker tracker;
    private final ExpiredCarts expired;

    @Autowired
    JdbcStarterTest(ApplicationContext context, SessionTracker tracker, ExpiredCarts expired) {
        this.context = context;
        this.tracker = tracker;
        this.expired = expired;
    }

    @Test
    void shouldBringNoRedis() {
        assertThat(ClassUtils.isPresent("org.springframework.data.redis.core.RedisTemplate", null))
                .isFalse();
        assertThat(ClassUtils.isPresent("org.redisson.Redisson", null)).isFalse();
        assertThat(context.getBean(SessionDataProvider.class)).isInstanceOf(JdbcSessionDataProvider.class);
    }

    @Test
    void shouldAddNoRedisToHealth() {
        Map<String, HealthContributor> contributors = context.getBeansOfType(HealthContributor.class);

        assertThat(contributors.keySet()).noneMatch(name -> name.toLowerCase().contains("redis"));
    }

    @Test
    void shouldKeepASessionFromStartToResume() {
        Cart cart = tracker.start(new Cart("ann")).orElseThrow();
        cart.articles.add("tea");
        tracker.update(cart).orElseThrow();
        tracker.finish(cart).orElseThrow();

        assertThat(tracker.resumeAndGet(Cart.class, "ann").orElseThrow().articles)
                .containsExactly("tea");
    }

    @Test
    void shouldFindSessionsByProperty() {
        for (String key : List.of("q1", "q2")) {
            Cart cart = new Cart(key);
            cart.getProperties().put("tenant", key);
            tracker.start(cart).orElseThrow();
        }

        assertThat(tracker.query(Cart.class).where("tenant is 'q2'").page().sessions())
                .extracting(Session::getKey)
                .containsExactly("q2");
    }

    @Test
    void shouldDeliverExpiredSessions() {
        tracker.start(new Cart("late"), SessionEntryOptions.absolute(Duration.ofMillis(1)))
                .orElseThrow();

        await().untilAsserted(() -> assertThat(expired.keys).contains("late"));
    }

    @Test
    void shouldLockASession() {
        tracker.start(new Cart("locked")).orElseThrow();
        try (var locked = tracker.getLocked(Cart.class, "locked").orElseThrow()) {
            assertThat(tracker.lock(Cart.class, "locked", LockOptions.defaults())
                            .failure())
                    .containsInstanceOf(SessionError.LockNotAcquired.class);
            assertThat(locked.lock().isAcquired()).isTrue();
        }
        tracker.lock(Cart.class, "locked").orElseThrow().close();
    }

    static class Cart extends Session {

        public List<String> articles = new CopyOnWriteArrayList<>();

        Cart(String key) {
            super(key);
        }
    }

    static class ExpiredCarts {

        final List<String> keys = new CopyOnWriteArrayList<>();

        @EventListener
        void on(SessionExpired<Cart> event) {
            keys.add(event.session().getKey());
        }
    }

    @SpringBootApplication
    static class App {

        @org.springframework.context.annotation.Bean
        ExpiredCarts expiredCarts() {
            return new ExpiredCarts();
        }
    }
}
