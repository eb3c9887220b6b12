package io.sessiontracker.sample.checkout;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Stands for a carrier's service: slow, and it charges for every question. That is why it is asked under a lock. */
@Component
class ShippingRates {

    private final Duration answersAfter;

    ShippingRates(@Value("${shop.carrier.answers-after}") Duration answersAfter) {
        this.answersAfter = answersAfter;
    }

    int quoteCents(Address address) {
        takeTime();
        return address.country().equals("DE") ? 490 : 1290;
    }

    private void takeTime() {
        try {
            Thread.sleep(answersAfter.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the carrier was asked", e);
        }
    }
}
