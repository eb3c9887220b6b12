package io.sessiontracker.sample.readme;

import java.util.List;
import java.util.function.Consumer;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The examples of docs/watching.md. */
@RestController
record WatchedCarts(SessionTracker tracker, ReactiveSessionTracker reactive) {

    void showWhile(Consumer<List<String>> screen, String customer, Runnable shopping) {
        try (SessionWatch watch = tracker.watch(CartSession.class, customer, cart -> screen.accept(cart.articles))) {
            shopping.run();
        }
    }

    @GetMapping(path = "/carts/{customer}/watch", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<List<String>> watch(@PathVariable String customer) {
        return reactive.watch(CartSession.class, customer).map(cart -> cart.articles);
    }
}
