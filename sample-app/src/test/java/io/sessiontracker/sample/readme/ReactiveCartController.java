package io.sessiontracker.sample.readme;

import java.util.List;

import io.sessiontracker.SessionResult;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
record ReactiveCartController(ReactiveSessionTracker tracker) {

    @PostMapping("/reactive-carts/{customer}/articles/{article}")
    Mono<List<String>> add(@PathVariable String customer, @PathVariable String article) {
        return tracker.getOrStart(CartSession.class, customer, () -> new CartSession(customer))
                .map(SessionResult::orElseThrow)
                .flatMap(cart -> tracker.modify(CartSession.class, customer, it -> it.articles.add(article)))
                .map(changed -> changed.orElseThrow().articles);
    }
}
