package io.sessiontracker.spring.security;

import java.util.Optional;

import io.sessiontracker.ReactiveSessionAuthorizer;
import io.sessiontracker.SessionAccess;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

/**
 * Asks an {@link AuthorizationManager}, as of the security context in the subscriber's context, or where there is none of the thread that
 * subscribes. The manager must not block.
 */
public final class ReactiveSpringSecurityAuthorizer implements ReactiveSessionAuthorizer {

    private final AccessDecision decision;

    /** Creates an authorizer that publishes its decisions, as Spring Security does. */
    public ReactiveSpringSecurityAuthorizer(
            AuthorizationManager<SessionAccess> manager, AuthorizationEventPublisher events) {
        this.decision = new AccessDecision(manager, events);
    }

    @Override
    public Mono<Void> authorize(SessionAccess access) {
        return ReactiveSecurityContextHolder.getContext()
                .switchIfEmpty(Mono.fromSupplier(SecurityContextHolder::getContext))
                .map(ReactiveSpringSecurityAuthorizer::authentication)
                .doOnNext(authentication -> decision.require(access, authentication.orElse(null)))
                .then();
    }

    private static Optional<Authentication> authentication(SecurityContext context) {
        return Optional.ofNullable(context.getAuthentication());
    }
}
