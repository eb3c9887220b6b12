package io.sessiontracker.sample.checkout;

import java.util.concurrent.CancellationException;

import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.sample.web.ShopId;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Shows a checkout to whoever has it open, as server-sent events. */
@RestController
class CheckoutWatchController {

    private final ReactiveSessionTracker tracker;

    CheckoutWatchController(ReactiveSessionTracker tracker) {
        this.tracker = tracker;
    }

    /** Sends the checkout as it is, and after each change, by whichever instance; ends with the checkout, or with this instance. */
    @GetMapping(path = "/checkouts/{orderId}/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<CheckoutView> watch(@PathVariable @ShopId String orderId) {
        return tracker.watch(CheckoutSession.class, orderId)
                .map(CheckoutView::of)
                .onErrorComplete(CancellationException.class);
    }
}
