package io.sessiontracker.sample.readme;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionResult;
import io.sessiontracker.reactive.ReactiveLockedSession;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import reactor.core.publisher.Mono;

/** The examples of docs/async.md. */
record NonBlockingCarts(ReactiveSessionTracker tracker, AsyncSessionTracker async) {

    Mono<Void> clear(String customer) {
        LockOptions options = LockOptions.waitFor(Duration.ofSeconds(2));
        return Mono.usingWhen(
                tracker.getLocked(CartSession.class, customer, options).map(SessionResult::orElseThrow),
                locked -> {
                    locked.session().articles.clear();
                    return tracker.update(locked.session())
                            .map(SessionResult::orElseThrow)
                            .then();
                },
                ReactiveLockedSession::release);
    }

    CompletableFuture<List<String>> add(String customer, String article) {
        return async.modify(CartSession.class, customer, cart -> cart.articles.add(article))
                .thenApply(changed -> changed.orElseThrow().articles);
    }
}
