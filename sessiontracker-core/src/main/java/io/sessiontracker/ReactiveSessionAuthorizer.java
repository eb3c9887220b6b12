package io.sessiontracker;

import reactor.core.publisher.Mono;

/**
 * {@link SessionAuthorizer} for the {@linkplain io.sessiontracker.reactive reactive API}: it may answer later, and knows the subscriber's
 * context.
 */
@FunctionalInterface
public interface ReactiveSessionAuthorizer {

    /**
     * Returns what completes if the subscriber may go on, and fails with a {@link
     * SessionAccessDeniedException} if it may not. Subscribed to for each subscription to a call, before anything is
     * sent.
     */
    Mono<Void> authorize(SessionAccess access);
}
