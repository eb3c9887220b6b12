package io.sessiontracker.starter.dynamodb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.dynamodb.DynamoDbSessionDataProvider;
import io.sessiontracker.dynamodb.LocalDynamoDb;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An application with the starter and DynamoDB Local, and nothing else. */
@SpringBootTest(
        properties = {
            "session-tracker.store=dynamodb",
            "session-tracker.dynamodb.create-table=true",
            "session-tracker.dynamodb.region=us-east-1",
            "session-tracker.dynamodb.access-key=starter",
            "session-tracker.dynamodb.secret-key=secret",
            "session-tracker.sweep.interval=100ms",
            "session-tracker.defaults.expired-retention=1h",
            "session-tracker.defaults.indexed-properties=tenant",
            "spring.application.name=shop"
        })
class DynamoDbStarterTest {

    private static final Path DOCUMENTATION = Path.of("../../docs/dynamodb.md");

    @DynamicPropertySource
    static void endpoint(DynamicPropertyRegistry registry) {
        registry.add("session-tracker.dynamodb.endpoint", LocalDynamoDb::endpoint);
    }

    private final ApplicationContext context;
    private final SessionTracker tracker;
    private final ExpiredCarts expired;

    @Autowired
    DynamoDbStarterTest(ApplicationContext context, SessionTracker tracker, ExpiredCarts expired) {
        this.context = context;
        this.tracker = tracker;
        this.expired = expired;
    }

    @Test
    void shouldBringNoRedis() {
        assertThat(ClassUtils.isPresent("org.springframework.data.redis.core.RedisTemplate", null))
                .isFalse();
        assertThat(ClassUtils.isPresent("org.redisson.Redisson", null)).isFalse();
        assertThat(context.getBean(SessionDataProvider.class)).isInstanceOf(DynamoDbSessionDataProvider.class);
    }

    /** To enable the TTL, and to check it. */
    @Test
    void shouldCheckTheTableOnceForSessionsAndLocks() {
        assertThat(RecordingInterceptor.count("DescribeTimeToLive")).isEqualTo(2);
    }

    @Test
    void shouldAddTheTableToHealth() {
        assertThat(context.getBeansOfType(HealthContributor.class)).containsKey("dynamoDbHealthContributor");
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

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(expired.keys).contains("late"));
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
        tracker.delete(Cart.class, "locked").orElseThrow();
    }

    /** Those of all tests; a policy with an action that nothing here needs is no failure. */
    @AfterAll
    static void shouldNeedOnlyTheActionsOfTheDocumentedPolicy() throws IOException {
        assertThat(RecordingInterceptor.actions()).contains("PutItem").isSubsetOf(documentedActions());
    }

    private static Set<String> documentedActions() throws IOException {
        return Pattern.compile("\"dynamodb:(\\w+)\"")
                .matcher(Files.readString(DOCUMENTATION))
                .results()
                .map((MatchResult action) -> action.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
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

        @Bean
        ExpiredCarts expiredCarts() {
            return new ExpiredCarts();
        }
    }
}
