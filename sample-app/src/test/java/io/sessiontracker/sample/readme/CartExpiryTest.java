package io.sessiontracker.sample.readme;

import java.time.Duration;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.test.SessionTrackerTest;
import io.sessiontracker.test.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static io.sessiontracker.test.SessionAssertions.assertThat;

@SessionTrackerTest(properties = "session-tracker.types.cart-session.sliding-expiration=20m")
class CartExpiryTest {

    @Autowired
    SessionTracker tracker;

    @Autowired
    TestClock clock;

    @Test
    void shouldEndAnIdleCart() {
        tracker.start(new CartSession("ann")).orElseThrow();
        assertThat(tracker.get(CartSession.class, "ann")).session().hasVersion(1);

        clock.advance(Duration.ofMinutes(20));

        assertThat(tracker.get(CartSession.class, "ann")).failedWith(SessionError.NotFound.class);
    }
}
