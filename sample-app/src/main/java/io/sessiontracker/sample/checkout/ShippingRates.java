package io.sessiontracker.sample.checkout;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Simulates a carrier's service that is slow and charges for each request, so it is called under a lock. */
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
