package io.sessiontracker.sample.checkout;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.sample.web.ShopId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The steps of a running checkout. Each may be served by another instance. Expected failures leave by {@code orElseThrow} and
 * become problem details.
 */
@RestController
@RequestMapping("/checkouts/{orderId}")
class CheckoutController {

    private final SessionTracker tracker;
    private final ShippingRates shippingRates;
    private final Duration remindBeforeExpiry;

    CheckoutController(
            SessionTracker tracker,
            ShippingRates shippingRates,
            @Value("${shop.checkout.remind-before-expiry}") Duration remindBeforeExpiry) {
        this.tracker = tracker;
        this.shippingRates = shippingRates;
        this.remindBeforeExpiry = remindBeforeExpiry;
    }

    @PostMapping
    ResponseEntity<CheckoutView> start(
            @PathVariable @ShopId String orderId, @RequestParam(required = false) @ShopId @Nullable String customer) {
        CheckoutSession started = new CheckoutSession(orderId);
        if (customer != null) {
            started.belongsTo(customer);
        }
        started.remindBeforeExpiry(CheckoutSession.EXPIRING, remindBeforeExpiry);
        CheckoutSession checkout = tracker.start(started).orElseThrow();
        return ResponseEntity.created(URI.create("/checkouts/" + orderId))
                .eTag(EntityTags.of(checkout))
                .body(CheckoutView.of(checkout));
    }

    @GetMapping
    ResponseEntity<CheckoutView> read(@PathVariable @ShopId String orderId) {
        return CheckoutView.ok(tracker.get(CheckoutSession.class, orderId).orElseThrow());
    }

    /** Changes a line without a lock: {@code modify} retries if another request was faster. */
    @PutMapping("/lines/{article}")
    ResponseEntity<CheckoutView> putLine(
            @PathVariable @ShopId String orderId, @PathVariable @ShopId String article, @RequestBody @Valid Line line) {
        return CheckoutView.ok(
                tracker.modify(CheckoutSession.class, orderId, checkout -> checkout.putLine(article, line.quantity()))
                        .orElseThrow());
    }

    /** Holds the lock, so that only one request calls the carrier, and waits no longer than it holds it. */
    @PutMapping("/address")
    ResponseEntity<CheckoutView> putAddress(
            @PathVariable @ShopId String orderId,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid Address address) {
        try (var locked = tracker.getLocked(CheckoutSession.class, orderId).orElseThrow()) {
            CheckoutSession checkout = locked.session();
            EntityTags.requireMatch(checkout, ifMatch);
            CompletableFuture<Integer> quote = shippingRates.quoteCents(address);
            locked.lock().onLost(() -> quote.cancel(true));
            checkout.shipTo(address, quote.join());
            return CheckoutView.ok(tracker.update(checkout).orElseThrow());
        } catch (CancellationException lockLost) {
            throw CheckoutProblem.carrierTooSlow(orderId);
        }
    }

    @DeleteMapping
    ResponseEntity<Void> delete(@PathVariable @ShopId String orderId) {
        tracker.delete(CheckoutSession.class, orderId).orElseThrow();
        return ResponseEntity.noContent().build();
    }

    record Line(@NotNull @Positive @Max(99) Integer quantity) {}
}
