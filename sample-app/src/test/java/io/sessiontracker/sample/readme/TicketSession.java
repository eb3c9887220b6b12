package io.sessiontracker.sample.readme;

import java.time.Instant;

import io.sessiontracker.Session;
import io.sessiontracker.SessionProperty;
import io.sessiontracker.SessionType;
import org.jspecify.annotations.Nullable;

@SessionType("ticket")
class TicketSession extends Session {

    @SessionProperty
    private @Nullable String tenant;

    @SessionProperty("attempts")
    private int tries;

    @SessionProperty
    private @Nullable Instant due;

    TicketSession(String key) {
        super(key);
    }

    static TicketSession of(String key, String tenant, int tries) {
        TicketSession ticket = new TicketSession(key);
        ticket.tenant = tenant;
        ticket.tries = tries;
        return ticket;
    }

    void dueAt(Instant moment) {
        due = moment;
    }
}
