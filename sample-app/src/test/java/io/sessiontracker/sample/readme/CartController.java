package io.sessiontracker.sample.readme;

import java.util.List;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionErrorException;
import io.sessiontracker.SessionTracker;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
record CartController(SessionTracker tracker) {

    @PostMapping("/carts/{customer}/articles/{article}")
    List<String> add(@PathVariable String customer, @PathVariable String article) {
        return tracker.modifyOrStart(
                        CartSession.class,
                        customer,
                        () -> new CartSession(customer),
                        cart -> cart.articles.add(article))
                .orElseThrow()
                .articles;
    }

    @PostMapping("/carts/{customer}/order")
    List<String> order(@PathVariable String customer) {
        return tracker.finishAndGet(CartSession.class, customer).orElseThrow().articles;
    }

    @ExceptionHandler
    ProblemDetail onSessionError(SessionErrorException e) {
        HttpStatus status = e.error() instanceof SessionError.NotFound ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
        return ProblemDetail.forStatusAndDetail(status, e.error().message());
    }
}
