package io.sessiontracker.sample.readme;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.sessiontracker.SessionTracker;

import static io.sessiontracker.filter.SessionFilter.property;

/** Finds sessions by their fields, and by many keys. */
record Tickets(SessionTracker tracker) {

    List<TicketSession> urgent() {
        return tracker.query(TicketSession.class)
                .where("tenant is 'acme' and attempts ge '3' and due lt '2026-01-31T09:30:00Z'")
                .page()
                .sessions();
    }

    long startedSince(Instant moment) {
        return tracker.query(TicketSession.class)
                .where(property("$StartTime").gt(moment).and(property("tenant").startsWith("ac")))
                .count();
    }

    List<TicketSession> latest() {
        return tracker.query(TicketSession.class)
                .newestFirst()
                .pageSize(20)
                .page()
                .sessions();
    }

    Map<String, TicketSession> on(Collection<String> keys) {
        return tracker.getAll(TicketSession.class, keys);
    }
}
