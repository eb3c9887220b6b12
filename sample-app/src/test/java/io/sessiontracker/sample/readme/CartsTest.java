package io.sessiontracker.sample.readme;

import java.time.Duration;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.test.SessionTrackerTest;
import io.sessiontracker.test.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

@SessionTrackerTest(properties = "session-tracker.types.cart-session.expired-retention=1h")
@Import({Carts.class, Reminders.class})
class CartsTest {

    @Autowired
    SessionTracker tracker;

    @Autowired
    TestClock clock;

    @Autowired
    Carts carts;

    @MockitoBean
    Outbox outbox;

    @Test
    void shouldRemindOfAnAbandonedCart() {
        assertThat(carts.add("ann", "tea")).session().hasKey("ann").hasVersion(1);

        clock.advance(Duration.ofMinutes(10));

        assertThat(tracker.get(CartSession.class, "ann")).failedWith(SessionError.NotFound.class);
        tracker.expireSessions();
        verify(outbox).addOnce(any(), eq("ann"), any());
    }
}
