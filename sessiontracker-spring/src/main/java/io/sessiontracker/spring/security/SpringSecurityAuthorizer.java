package io.sessiontracker.spring.security;

import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAuthorizer;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.context.SecurityContextHolder;

/** Asks an {@link AuthorizationManager}, as of the security context of the calling thread. */
public final class SpringSecurityAuthorizer implements SessionAuthorizer {

    private final AccessDecision decision;

    /** Creates an authorizer that publishes its decisions, as Spring Security does. */
    public SpringSecurityAuthorizer(AuthorizationManager<SessionAccess> manager, AuthorizationEventPublisher events) {
        this.decision = new AccessDecision(manager, events);
    }

    @Override
    public void authorize(SessionAccess access) {
        decision.require(access, SecurityContextHolder.getContext().getAuthentication());
    }
}
