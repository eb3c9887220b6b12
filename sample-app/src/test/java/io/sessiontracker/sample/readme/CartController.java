package io.sessiontracker.sample.readme;

import java.util.List;

import io.sessiontracker.SessionTracker;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
record CartController(SessionTracker tracker) {

    @PostMapping("/carts/{customer}/articles/{article}")
    List<String> add(@PathVariable String customer, @PathVariable String article) {
        return tracker.getOrStart(CartSession.class, customer, () -> new CartSession(customer))
                .flatMap(cart -> tracker.modify(CartSession.class, customer, it -> it.articles.add(article)))
                .map(cart -> cart.articles)
                .orElseThrow();
    }
}
