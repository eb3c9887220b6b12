package io.sessiontracker.sample.live;

import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryTallyTest {

    private final ExpiryTally tally = new ExpiryTally(ExpiryTally.CHECKOUTS);

    @Test
    void shouldCountRedeliveredEventOnce() {
        try (var tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .build()) {
            Expiries expiries = new Expiries(tracker);
            Stream.of("event-1", "event-2", "event-1").forEach(event -> expiries.on(expired(event)));

            assertThat(expiries.tally().getTotal()).isEqualTo(2);
            assertThat(expiries.tally().getLatest()).extracting("eventId").containsExactly("event-2", "event-1");
        }
    }

    private static SessionExpired<CheckoutSession> expired(String eventId) {
        return new SessionExpired<>(eventId, "checkout", "order-1", Instant.EPOCH, new CheckoutSession("order-1"));
    }

    @Test
    void shouldBeBounded() {
        IntStream.range(0, 250).forEach(i -> add("event-" + i));

        assertThat(tally.getTotal()).isEqualTo(250);
        assertThat(tally.getLatest()).hasSize(100).first().extracting("eventId").isEqualTo("event-249");
    }

    private void add(String eventId) {
        tally.add(new ExpiryTally.Entry(eventId, "order-1", Instant.EPOCH));
    }
}
