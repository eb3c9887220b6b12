package io.sessiontracker.sample.checkout;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.test.SessionTrackerTest;
import io.sessiontracker.test.StoredSessions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@SessionTrackerTest(properties = "session-tracker.types.checkout.write-version=1")
class CheckoutStatusTest {

    @Autowired
    private SessionTracker tracker;

    @Autowired
    private StoredSessions storedSessions;

    @Autowired
    private SessionCodec codec;

    @Test
    void shouldReadCheckoutsOfTheFirstRelease() {
        storedSessions.start(CheckoutSession.class, "open", "{\"lines\":{\"tea\":2},\"ordered\":false}");
        storedSessions.start(CheckoutSession.class, "ordered", "{\"lines\":{\"tea\":2},\"ordered\":true}");

        assertThat(tracker.get(CheckoutSession.class, "open").orElseThrow().getStatus())
                .isEqualTo(CheckoutSession.Status.OPEN);
        assertThat(tracker.get(CheckoutSession.class, "ordered").orElseThrow().getStatus())
                .isEqualTo(CheckoutSession.Status.ORDERED);
    }

    @Test
    void shouldWriteThemForTheFirstRelease() {
        byte[] stored = codec.encode(new SessionAddress("checkout", "open"), new CheckoutSession("open"));

        assertThat(new String(stored, UTF_8)).contains("\"ordered\":false").doesNotContain("status", "$version");
    }
}
