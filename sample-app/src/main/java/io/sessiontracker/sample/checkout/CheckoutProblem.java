package io.sessiontracker.sample.checkout;

import io.sessiontracker.sample.web.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Thrown if the shop's rules refuse a request; Spring turns it into a problem detail. */
final class CheckoutProblem extends ErrorResponseException {

    private CheckoutProblem(HttpStatus status, ProblemDetail body) {
        super(status, body, null);
    }

    static CheckoutProblem incomplete(String orderId) {
        return of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "checkout-incomplete",
                "The checkout %s needs an address and at least one line".formatted(orderId));
    }

    static CheckoutProblem ordered(String orderId) {
        return of(HttpStatus.CONFLICT, "checkout-ordered", "The checkout %s is ordered".formatted(orderId));
    }

    static CheckoutProblem carrierTooSlow(String orderId) {
        return of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "carrier-too-slow",
                "The carrier did not answer while the checkout %s was locked".formatted(orderId));
    }

    private static CheckoutProblem of(HttpStatus status, String type, String detail) {
        return new CheckoutProblem(status, Problems.of(status, type, detail));
    }
}
