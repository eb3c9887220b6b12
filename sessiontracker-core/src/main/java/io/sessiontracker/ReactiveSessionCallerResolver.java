package io.sessiontracker;

import reactor.core.publisher.Mono;

/** Finds out who calls the reactive API: from the subscriber's context. */
@FunctionalInterface
public interface ReactiveSessionCallerResolver {

    /** Returns a publisher of the caller, subscribed to once for each call; empty if there is none, who then owns no session. */
    Mono<SessionCaller> resolve();
}
