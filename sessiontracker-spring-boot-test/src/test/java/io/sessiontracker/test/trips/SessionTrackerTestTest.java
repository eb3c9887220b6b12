package io.sessiontracker.test.trips;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.test.SessionTrackerTest;
import io.sessiontracker.test.TestClock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The slice as an application's test uses it. */
@SessionTrackerTest(
        properties = {
            "session-tracker.store=redis",
            "session-tracker.types.trip-session.sliding-expiration=20m",
            "session-tracker.types.trip-session.expired-retention=1h"
        })
@Import({Trips.class, SessionTrackerTestTest.FirstTime.class})
class SessionTrackerTestTest {

    @Autowired
    private SessionTracker tracker;

    @Autowired
    private TestClock clock;

    @Autowired
    private Trips trips;

    @Autowired
    private ApplicationContext context;

    @Test
    void shouldStartByTestClock() {
        clock.advance(Duration.ofDays(400));
        trips.begin("ann");

        assertThat(tracker.get(TripSession.class, "ann"))
                .session()
                .hasKey("ann")
                .hasVersion(1)
                .wasStartedAt(clock.instant())
                .hasProperty("class", "second");
    }

    @Test
    void shouldExpireByTestClock() {
        trips.begin("ann");

        clock.advance(Duration.ofMinutes(20).minusMillis(1));
        assertThat(tracker.peek(TripSession.class, "ann")).isSuccess();
        clock.advance(Duration.ofMillis(1));
        assertThat(tracker.peek(TripSession.class, "ann")).failedWith(SessionError.NotFound.class);
    }

    /** Repeated, as a background sweep could deliver first. */
    @RepeatedTest(3)
    void shouldDeliverExpiryOnDemand() {
        trips.takeExpired();
        trips.begin("ann");
        assertThat(tracker.expireSessions()).isZero();
        clock.advance(Duration.ofMinutes(21));
        assertThat(trips.takeExpired()).isEmpty();

        assertThat(tracker.expireSessions()).isEqualTo(1);
        assertThat(trips.takeExpired())
                .singleElement()
                .satisfies(event -> assertThat(event.session()).hasKey("ann").hasVersion(1));
    }

    /** Repeated, as it must not find sessions of its first run. */
    @RepeatedTest(2)
    void shouldResetSessionsLocksAndClockAfterEachTest() {
        assertThat(tracker.count(TripSession.class)).isZero();
        assertThat(tracker.lock(TripSession.class, "ann", LockOptions.untilReleased()))
                .isSuccess();
        trips.begin("ann");
        assertThat(clock.instant()).isEqualTo(context.getBean(FirstTime.class).instant);
        clock.advance(Duration.ofHours(1));
    }

    @Test
    void shouldConfigureOnlySessionBeans() {
        trips.begin("ann");
        trips.add("ann", "Rome", null);

        assertThat(tracker.get(TripSession.class, "ann").orElseThrow().stops).containsExactly("Rome");
        assertThat(context.getBean(SweepSettings.class).enabled()).isFalse();
        assertThat(AopProxyUtils.ultimateTargetClass(context.getBean(SessionLockProvider.class))
                        .getSimpleName())
                .isEqualTo("InMemorySessionLockProvider");
        assertThat(context.getBean(AsyncSessionTracker.class)).isNotNull();
        assertThat(context.getBean(ReactiveSessionTracker.class)).isNotNull();
        assertThat(context.getBeanProvider(RedisConnectionFactory.class)).isEmpty();
        assertThat(context.getBeanProvider(Tickets.class)).isEmpty();
    }

    @Test
    void shouldBeClockOfApplicationWithoutOne() {
        assertThat(context.getBean(Clock.class)).isSameAs(clock);
    }

    /** The time at which the context was created. */
    static class FirstTime {
        final Instant instant;

        FirstTime(Clock clock) {
            this.instant = clock.instant();
        }
    }
}
