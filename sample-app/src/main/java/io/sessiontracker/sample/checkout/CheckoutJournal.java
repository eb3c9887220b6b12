package io.sessiontracker.sample.checkout;

import io.sessiontracker.event.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs events of checkouts, each on the instance that caused it. */
@Component
class CheckoutJournal {

    private static final Logger log = LoggerFactory.getLogger(CheckoutJournal.class);

    @EventListener
    void on(SessionEvent<CheckoutSession> event) {
        log.info("{} {} at {}", event.getClass().getSimpleName(), event.key(), event.at());
    }
}
