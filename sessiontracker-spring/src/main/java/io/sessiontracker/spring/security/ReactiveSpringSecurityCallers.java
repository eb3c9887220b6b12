package io.sessiontracker.spring.security;

import io.sessiontracker.ReactiveSessionCallerResolver;
import io.sessiontracker.SessionCaller;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

/**
 * The caller is who is authenticated in the security context in the subscriber's context, or where there is none in that of the thread
 * that subscribes.
 */
public final class ReactiveSpringSecurityCallers implements ReactiveSessionCallerResolver {

    /** Creates a resolver. */
    public ReactiveSpringSecurityCallers() {}

    @Override
    public Mono<SessionCaller> resolve() {
        return ReactiveSecurityContextHolder.getContext()
                .switchIfEmpty(Mono.fromSupplier(SecurityContextHolder::getContext))
                .flatMap(context -> Mono.justOrEmpty(SpringSecurityCallers.caller(context.getAuthentication())));
    }
}
