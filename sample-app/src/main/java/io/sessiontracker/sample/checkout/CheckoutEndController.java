package io.sessiontracker.sample.checkout;

import java.time.Duration;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.sample.web.ShopId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends checkouts, or lets them end later: by an order, or by leaving until the customer returns. */
@RestController
@RequestMapping("/checkouts/{orderId}")
class CheckoutEndController {

    private final SessionTracker tracker;

    CheckoutEndController(SessionTracker tracker) {
        this.tracker = tracker;
    }

    /**
     * Orders under the lock, where a payment belongs. Both steps can be repeated: once stored as ordered, nothing can change the
     * checkout any more, so if the second step is lost, ordering again completes it.
     */
    @PostMapping("/order")
    ResponseEntity<CheckoutView> order(
            @PathVariable @ShopId String orderId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        try (var locked = tracker.getLocked(CheckoutSession.class, orderId).orElseThrow()) {
            CheckoutSession checkout = locked.session();
            EntityTags.requireMatch(checkout, ifMatch);
            checkout.order();
            tracker.update(checkout).orElseThrow();
            return CheckoutView.ok(tracker.finishAndGet(checkout).orElseThrow());
        }
    }

    /** Finishes the checkout when the customer leaves; its order id is free again. */
    @PostMapping("/abandon")
    ResponseEntity<Void> abandon(@PathVariable @ShopId String orderId) {
        tracker.finish(CheckoutSession.class, orderId).orElseThrow();
        return ResponseEntity.noContent().build();
    }

    /** Gives the customer an hour from each use, for one who asks on the telephone. */
    @PostMapping("/extend")
    ResponseEntity<Void> extend(@PathVariable @ShopId String orderId) {
        tracker.expire(CheckoutSession.class, orderId, SessionEntryOptions.sliding(Duration.ofHours(1)))
                .orElseThrow();
        return ResponseEntity.noContent().build();
    }

    /** Resumes the checkout that was read before, or none. */
    @PostMapping("/resume")
    ResponseEntity<CheckoutView> resume(@PathVariable @ShopId String orderId) {
        CheckoutSession checkout =
                tracker.getFinished(CheckoutSession.class, orderId).orElseThrow();
        checkout.requireNotOrdered();
        return CheckoutView.ok(tracker.resumeAndGet(checkout).orElseThrow());
    }

    /** Returns the ordered or abandoned checkout, within its finished lifetime. */
    @GetMapping("/finished")
    ResponseEntity<CheckoutView> finished(@PathVariable @ShopId String orderId) {
        return CheckoutView.ok(
                tracker.getFinished(CheckoutSession.class, orderId).orElseThrow());
    }
}
