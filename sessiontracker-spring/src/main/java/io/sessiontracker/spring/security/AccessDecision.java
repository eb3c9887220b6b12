package io.sessiontracker.spring.security;

import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccessDeniedException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Asks an authorization manager, as Spring Security's own interceptors do. */
record AccessDecision(AuthorizationManager<SessionAccess> manager, AuthorizationEventPublisher events) {

    /**
     * Returns if the authentication may go on.
     *
     * @throws SessionAccessDeniedException if not; its cause is what Spring Security would have thrown
     */
    void require(SessionAccess access, @Nullable Authentication authentication) {
        AuthorizationResult result;
        try {
            result = manager.authorize(() -> required(authentication), access);
            events.publishAuthorizationEvent(() -> required(authentication), access, result);
        } catch (AuthenticationException unknown) {
            throw new SessionAccessDeniedException(access, unknown);
        }
        if (result != null && !result.isGranted()) {
            throw new SessionAccessDeniedException(access, new AuthorizationDeniedException("Access Denied", result));
        }
    }

    private static Authentication required(@Nullable Authentication authentication) {
        if (authentication == null) {
            throw new AuthenticationCredentialsNotFoundException(
                    "No Authentication is in the security context of the call");
        }
        return authentication;
    }
}
