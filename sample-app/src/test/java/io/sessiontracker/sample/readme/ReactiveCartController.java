package io.sessiontracker.sample.readme;

import java.util.List;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionErrorException;
import io.sessiontracker.SessionResult;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/reactive-carts/{customer}")
record ReactiveCartController(ReactiveSessionTracker tracker) {

    @PostMapping
    Mono<List<String>> start(@PathVariable String customer) {
        return tracker.start(new CartSession(customer)).map(started -> started.orElseThrow().articles);
    }

    @GetMapping
    Mono<List<String>> get(@PathVariable String customer) {
        return tracker.get(CartSession.class, customer).map(found -> found.orElseThrow().articles);
    }

    @PostMapping("/articles/{article}")
    Mono<List<String>> add(@PathVariable String customer, @PathVariable String article) {
        return tracker.modifyOrStart(
                        CartSession.class,
                        customer,
                        () -> new CartSession(customer),
                        cart -> cart.articles.add(article))
                .map(changed -> changed.orElseThrow().articles);
    }

    @PutMapping("/articles")
    Mono<List<String>> replace(@PathVariable String customer, @RequestBody Mono<List<String>> articles) {
        return tracker.get(CartSession.class, customer)
                .map(SessionResult::orElseThrow)
                .zipWhen(cart -> articles, (cart, replaced) -> {
                    cart.articles = replaced;
                    return cart;
                })
                .flatMap(tracker::update)
                .map(updated -> updated.orElseThrow().articles);
    }

    @PostMapping("/finish")
    Mono<Void> finish(@PathVariable String customer) {
        return tracker.finish(CartSession.class, customer)
                .doOnNext(SessionResult::orElseThrow)
                .then();
    }

    /** Another writer was faster, or the cart's state does not allow it. */
    @ExceptionHandler
    ResponseEntity<String> onSessionError(SessionErrorException e) {
        HttpStatus status = e.error() instanceof SessionError.NotFound ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
        return ResponseEntity.status(status).body(e.error().message());
    }
}
