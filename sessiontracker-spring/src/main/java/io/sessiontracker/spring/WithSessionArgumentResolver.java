package io.sessiontracker.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Leaves the session of a controller's {@code @WithSession} method to its proxy; for Spring MVC, which would bind the request to it. */
public final class WithSessionArgumentResolver implements HandlerMethodArgumentResolver {

    private final WithSessionPostProcessor sessions;

    /** Creates a resolver for the beans of a post-processor. */
    public WithSessionArgumentResolver(WithSessionPostProcessor sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return sessions.isSession(parameter);
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return null;
    }
}
