package io.sessiontracker.sample.checkout;

import io.sessiontracker.event.SessionExpired;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Checkouts that nobody came back to, told at one of the instances. Another shop would write to the customer, and remember
 * the event's id so as not to write twice: if this instance dies meanwhile, the event comes again at another one.
 */
@Component
class ExpiredCheckouts {

    private static final Logger log = LoggerFactory.getLogger(ExpiredCheckouts.class);

    @EventListener
    void on(SessionExpired<CheckoutSession> expired) {
        CheckoutSession checkout = expired.session();
        log.info(
                "Nobody came back to checkout {}: {} {}", expired.key(), checkout.getProperties(), checkout.getLines());
    }
}
