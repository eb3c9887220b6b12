package io.sessiontracker.sample.readme;

import io.sessiontracker.event.SessionExpired;
import org.springframework.context.event.EventListener;

/** Listens to expired carts. */
record Reminders(Outbox outbox) {

    @EventListener
    void remind(SessionExpired<CartSession> expired) {
        outbox.addOnce(expired.eventId(), expired.key(), expired.session().articles);
    }
}
