package io.sessiontracker.sample.checkout;

import io.sessiontracker.event.SessionReminder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs checkouts that are about to expire, each on one of the instances. A real shop would write to the customer. */
@Component
class ExpiringCheckouts {

    private static final Logger log = LoggerFactory.getLogger(ExpiringCheckouts.class);

    @EventListener
    void on(SessionReminder<CheckoutSession> reminder) {
        CheckoutSession checkout = reminder.session();
        log.info(
                "Checkout {} expires at {}: {} {}",
                reminder.key(),
                checkout.getExpiresAt(),
                checkout.getProperties(),
                checkout.getLines());
    }
}
