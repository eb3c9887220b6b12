package io.sessiontracker.spring.security;

import io.sessiontracker.SessionAccessDeniedException;
import org.springframework.core.Ordered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets Spring Security answer a refused call on WebFlux, whose filter does not look at the causes of an exception, as that of Spring MVC
 * does: with a login, or status 401 or 403.
 */
public final class SessionAccessWebFilter implements WebFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).onErrorMap(SessionAccessDeniedException.class, denied -> {
            Throwable cause = denied.getCause();
            return cause instanceof AccessDeniedException || cause instanceof AuthenticationException ? cause : denied;
        });
    }

    /** Inside of Spring Security's filters. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
