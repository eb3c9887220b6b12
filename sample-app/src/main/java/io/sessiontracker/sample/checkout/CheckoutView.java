package io.sessiontracker.sample.checkout;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** A checkout as shown to clients. */
record CheckoutView(
        String orderId,
        long version,
        @Nullable String customer,
        Map<String, Integer> lines,
        @Nullable Address address,
        @Nullable Integer shippingCents,
        boolean ordered) {

    static CheckoutView of(CheckoutSession checkout) {
        return new CheckoutView(
                checkout.getKey(),
                checkout.getVersion(),
                checkout.getCustomer(),
                checkout.getLines(),
                checkout.getAddress(),
                checkout.getShippingCents(),
                checkout.getStatus() == CheckoutSession.Status.ORDERED);
    }

    /** Returns 200 with the entity tag for a later {@code If-Match}. */
    static ResponseEntity<CheckoutView> ok(CheckoutSession checkout) {
        return ResponseEntity.ok().eTag(EntityTags.of(checkout)).body(of(checkout));
    }
}
