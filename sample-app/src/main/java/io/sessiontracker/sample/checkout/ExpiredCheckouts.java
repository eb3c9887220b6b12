package io.sessiontracker.sample.checkout;

import io.sessiontracker.event.SessionExpired;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Logs expired checkouts, each on one of the instances. A real shop would write to the customer and remember the event's id, as
 * the event is redelivered to another instance if this one dies.
 */
@Component
class ExpiredCheckouts {

    private static final Logger log = LoggerFactory.getLogger(ExpiredCheckouts.class);

    @EventListener
    void on(SessionExpired<CheckoutSession> expired) {
        CheckoutSession checkout = expired.session();
        log.info("Checkout {} expired: {} {}", expired.key(), checkout.getProperties(), checkout.getLines());
    }
}
