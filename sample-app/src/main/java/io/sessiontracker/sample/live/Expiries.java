package io.sessiontracker.sample.live;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts expired checkouts in a session that all instances read. */
@Component
class Expiries {

    private final SessionTracker tracker;

    Expiries(SessionTracker tracker) {
        this.tracker = tracker;
    }

    /** Counts an expiry, once however often it is delivered. An exception causes redelivery. */
    @EventListener
    void on(SessionExpired<CheckoutSession> expired) {
        ExpiryTally.Entry entry = new ExpiryTally.Entry(expired.eventId(), expired.key(), expired.at());
        tracker.modifyOrStart(
                        ExpiryTally.class,
                        ExpiryTally.CHECKOUTS,
                        expired.eventId(),
                        () -> new ExpiryTally(ExpiryTally.CHECKOUTS),
                        tally -> tally.add(entry))
                .orElseThrow();
    }

    /** Returns the current tally; empty before the first expiry. */
    ExpiryTally tally() {
        return tracker.peek(ExpiryTally.class, ExpiryTally.CHECKOUTS)
                .toOptional()
                .orElseGet(() -> new ExpiryTally(ExpiryTally.CHECKOUTS));
    }
}
