package io.sessiontracker.sample.checkout;

import java.util.concurrent.CancellationException;

import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.sample.web.ShopId;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows a checkout to whoever has it open, as server-sent events. */
@RestController
class CheckoutWatchController {

    private final ReactiveSessionTracker tracker;

    CheckoutWatchController(ReactiveSessionTracker tracker) {
        this.tracker = tracker;
    }

    /**
     * Sends the checkout as it is, with its entity tag, and after each change, by whichever instance, and at last that it ended. Without
     * that the response ends with this instance, and another one goes on.
     */
    @GetMapping(path = "/checkouts/{orderId}/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Object>> watch(@PathVariable @ShopId String orderId) {
        return tracker.watch(CheckoutSession.class, orderId)
                .map(checkout -> event("state")
                        .id(EntityTags.of(checkout))
                        .data(CheckoutView.of(checkout))
                        .build())
                .concatWith(Mono.fromSupplier(() -> event("ended").data(orderId).build()))
                .onErrorComplete(CancellationException.class);
    }

    /** Browsers pass over an event without data. */
    private static ServerSentEvent.Builder<Object> event(String name) {
        return ServerSentEvent.builder().event(name);
    }
}
