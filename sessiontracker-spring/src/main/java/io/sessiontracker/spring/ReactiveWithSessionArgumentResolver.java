package io.sessiontracker.spring;

import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Leaves the session of a controller's {@code @WithSession} method to its proxy; for WebFlux, which would bind the request to it. */
public final class ReactiveWithSessionArgumentResolver implements HandlerMethodArgumentResolver {

    private final WithSessionPostProcessor sessions;

    /** Creates a resolver for the beans of a post-processor. */
    public ReactiveWithSessionArgumentResolver(WithSessionPostProcessor sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return sessions.isSession(parameter);
    }

    @Override
    public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return Mono.empty();
    }
}
