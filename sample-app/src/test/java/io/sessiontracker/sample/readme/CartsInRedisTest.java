package io.sessiontracker.sample.readme;

import java.util.Set;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions and locks use the Redis of a service connection, without a property. */
@SpringBootTest(
        classes = {CartsInRedisTest.Application.class, Carts.class},
        webEnvironment = WebEnvironment.NONE,
        properties = "spring.config.location=optional:classpath:/none/")
@Import(RedisContainer.class)
@EnabledIfSystemProperty(named = "sessiontracker.test.redis", matches = "docker")
class CartsInRedisTest {

    @Autowired
    SessionTracker tracker;

    @Autowired
    SessionLockProvider locks;

    @Autowired
    StringRedisTemplate redis;

    @Autowired
    Carts carts;

    @Test
    void shouldKeepSessionsAndLocksInTheContainer() {
        assertThat(carts.add("ann", "tea")).isSuccess();
        try (var lock = tracker.lock(CartSession.class, "ann", LockOptions.untilReleased())
                .orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            Set<String> keys = redis.keys("*ann*");
            assertThat(keys).anyMatch(key -> key.contains("lock")).hasSizeGreaterThan(1);
        }
        assertThat(locks.getClass().getSimpleName()).startsWith("Redisson");
    }

    // Not annotated, so that no scan finds it.
    @EnableAutoConfiguration
    static class Application {}
}
