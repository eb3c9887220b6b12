package io.sessiontracker.sample.checkout;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Simulates a carrier's service that is slow and charges for each request, so it is called under a lock. */
@Component
class ShippingRates {

    private final Duration answersAfter;

    ShippingRates(@Value("${shop.carrier.answers-after}") Duration answersAfter) {
        this.answersAfter = answersAfter;
    }

    CompletableFuture<Integer> quoteCents(Address address) {
        int cents = address.country().equals("DE") ? 490 : 1290;
        return new CompletableFuture<Integer>()
                .completeOnTimeout(cents, answersAfter.toMillis(), TimeUnit.MILLISECONDS);
    }
}
