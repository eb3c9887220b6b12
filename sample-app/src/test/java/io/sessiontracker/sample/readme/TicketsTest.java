package io.sessiontracker.sample.readme;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Fields as properties, comparisons, and many sessions by their keys. */
class TicketsTest {

    private final SessionTracker tracker = new SessionTrackerBuilder(
                    new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
            .build();
    private final Tickets tickets = new Tickets(tracker);

    @Test
    void shouldFindTickets() {
        TicketSession late = TicketSession.of("late", "acme", 3);
        late.dueAt(Instant.parse("2026-01-31T09:29:59Z"));
        tracker.start(late).orElseThrow();
        tracker.start(TicketSession.of("fresh", "acme", 10)).orElseThrow();
        tracker.start(TicketSession.of("other", "binford", 0)).orElseThrow();

        assertThat(tickets.urgent()).extracting(Session::getKey).containsExactly("late");
        assertThat(tickets.startedSince(late.getStartedAt().minusMillis(1))).isEqualTo(2);
        assertThat(tickets.latest())
                .hasSize(3)
                .isSortedAccordingTo(
                        Comparator.comparing(TicketSession::getStartedAt).reversed());
        assertThat(tickets.on(List.of("other", "missing", "late"))).containsOnlyKeys("other", "late");
    }
}
