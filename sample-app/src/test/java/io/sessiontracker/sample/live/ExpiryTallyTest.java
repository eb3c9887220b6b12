package io.sessiontracker.sample.live;

import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryTallyTest {

    private final ExpiryTally tally = new ExpiryTally(ExpiryTally.CHECKOUTS);

    @Test
    void shouldCountRedeliveredEventOnce() {
        add("event-1");
        add("event-2");
        add("event-1");

        assertThat(tally.getTotal()).isEqualTo(2);
        assertThat(tally.getLatest()).extracting("eventId").containsExactly("event-2", "event-1");
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
