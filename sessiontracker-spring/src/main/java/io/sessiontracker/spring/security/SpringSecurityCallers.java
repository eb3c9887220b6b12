package io.sessiontracker.spring.security;

import java.util.Optional;
import java.util.stream.Collectors;

import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionCallerResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** The caller is who is authenticated in the security context of the calling thread; nobody if that is anonymous. */
public final class SpringSecurityCallers implements SessionCallerResolver {

    /** Creates a resolver. */
    public SpringSecurityCallers() {}

    @Override
    public Optional<SessionCaller> resolve() {
        return caller(SecurityContextHolder.getContext().getAuthentication());
    }

    static Optional<SessionCaller> caller(@Nullable Authentication authentication) {
        return authentication == null
                        || !authentication.isAuthenticated()
                        || authentication instanceof AnonymousAuthenticationToken
                ? Optional.empty()
                : Optional.of(new SessionCaller(
                        authentication.getName(),
                        authentication.getAuthorities().stream()
                                .map(GrantedAuthority::getAuthority)
                                .filter(authority -> authority != null)
                                .collect(Collectors.toSet())));
    }
}
