package io.sessiontracker.sample.readme;

import java.util.List;

import io.sessiontracker.WithSession;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The controller of docs/with-session.md, which is none of the shop's. */
@Profile("deliveries")
@RestController
class DeliveryController {

    private final Carrier carrier;

    DeliveryController(Carrier carrier) {
        this.carrier = carrier;
    }

    @PostMapping("/deliveries/{customer}/articles/{article}")
    @WithSession(key = "#customer", start = true)
    List<String> add(@PathVariable String customer, @PathVariable String article, CartSession cart) {
        cart.articles.add(article);
        return cart.articles;
    }

    @PostMapping("/deliveries/{customer}/booking")
    @WithSession(key = "#customer", lock = true)
    Mono<String> book(@PathVariable String customer, CartSession cart) {
        return carrier.book(cart.articles)
                .doOnNext(booking -> cart.getProperties().put("booking", booking));
    }

    /** A web service, to the example. */
    static class Carrier {

        Mono<String> book(List<String> articles) {
            return Mono.just(articles.size() + " articles");
        }
    }
}
