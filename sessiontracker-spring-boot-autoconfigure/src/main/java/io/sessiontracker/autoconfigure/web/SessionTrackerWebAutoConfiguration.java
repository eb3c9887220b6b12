package io.sessiontracker.autoconfigure.web;

import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Auto-configuration of problem details for session errors, if {@code session-tracker.web.problem-details} is set. */
@AutoConfiguration
@ConditionalOnWebApplication
@ConditionalOnClass(RestControllerAdvice.class)
@ConditionalOnBooleanProperty("session-tracker.web.problem-details")
@EnableConfigurationProperties(SessionTrackerProperties.class)
public final class SessionTrackerWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SessionProblemDetails sessionProblemDetails(SessionTrackerProperties properties) {
        return new SessionProblemDetails(properties.web().problemType());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    static class ServletConfiguration {

        @Bean
        SessionProblemAdvice.Servlet sessionProblemAdvice(SessionProblemDetails problems) {
            return new SessionProblemAdvice.Servlet(problems);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    static class ReactiveConfiguration {

        @Bean
        SessionProblemAdvice.Reactive sessionProblemAdvice(SessionProblemDetails problems) {
            return new SessionProblemAdvice.Reactive(problems);
        }
    }
}
