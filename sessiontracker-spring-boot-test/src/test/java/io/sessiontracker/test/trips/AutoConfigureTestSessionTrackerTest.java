package io.sessiontracker.test.trips;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.test.AutoConfigureTestSessionTracker;
import io.sessiontracker.test.TestClock;
import org.junit.jupiter.api.Test;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.test.context.TestPropertySource;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A whole application with its own clocks and an unreachable Redis. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        properties = {"session-tracker.store=redis", "spring.data.redis.port=1"})
@TestPropertySource(properties = "session-tracker.defaults.sliding-expiration=5m")
@AutoConfigureTestSessionTracker
class AutoConfigureTestSessionTrackerTest {

    private static final Instant THEN = Instant.parse("2031-02-03T04:05:06Z");

    @Autowired
    private SessionTracker tracker;

    @Autowired
    private TestClock clock;

    @Autowired
    private Clock clockOfTheApplication;

    @Test
    void shouldKeepSessionsInMemoryByTestClock() {
        assertThat(tracker.start(new TripSession("ann"))).session().wasStartedAt(THEN);
        clock.advance(Duration.ofMinutes(5));
        assertThat(tracker.get(TripSession.class, "ann")).failedWith(SessionError.NotFound.class);
    }

    @Test
    void shouldKeepClockOfApplication() {
        assertThat(clockOfTheApplication).isEqualTo(Clock.systemUTC());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = RedissonAutoConfigurationV4.class)
    static class Application {

        @Bean
        Clock applicationClock() {
            return Clock.systemUTC();
        }

        @Bean
        @Fallback
        TestClock testClock() {
            return new TestClock(THEN);
        }
    }
}
