package io.sessiontracker.autoconfigure.security;

import io.sessiontracker.ReactiveSessionAuthorizer;
import io.sessiontracker.ReactiveSessionCallerResolver;
import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.spring.security.ReactiveSpringSecurityAuthorizer;
import io.sessiontracker.spring.security.ReactiveSpringSecurityCallers;
import io.sessiontracker.spring.security.SessionAccessRules;
import io.sessiontracker.spring.security.SessionAccessWebFilter;
import io.sessiontracker.spring.security.SpringSecurityAuthorizer;
import io.sessiontracker.spring.security.SpringSecurityCallers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.authorization.SpringAuthorizationEventPublisher;

/**
 * Auto-configuration of authorizers that ask Spring Security: the rules under {@code access}, and the beans {@code
 * AuthorizationManager<SessionAccess>}. All of them must grant an access; without any, everyone may do everything.
 */
@AutoConfiguration(before = SessionTrackerAutoConfiguration.class)
@ConditionalOnClass(AuthorizationManager.class)
@EnableConfigurationProperties(SessionTrackerProperties.class)
public final class SessionAccessAutoConfiguration {

    @Bean
    SessionAccessRules sessionTrackerAccessRules(SessionTrackerProperties properties, ApplicationContext context) {
        return AccessRulesFactory.create(properties, context);
    }

    @Bean
    @ConditionalOnMissingBean
    @Nullable
    SessionAuthorizer sessionTrackerAuthorizer(
            ObjectProvider<AuthorizationManager<SessionAccess>> managers,
            ObjectProvider<AuthorizationEventPublisher> publisher,
            ApplicationContext context) {
        AuthorizationManager<SessionAccess> all = all(managers);
        return all == null ? null : new SpringSecurityAuthorizer(all, publisher(publisher, context));
    }

    @Bean
    @ConditionalOnMissingBean
    SessionCallerResolver sessionTrackerCallers() {
        return new SpringSecurityCallers();
    }

    private static @Nullable AuthorizationManager<SessionAccess> all(
            ObjectProvider<AuthorizationManager<SessionAccess>> managers) {
        return managers.orderedStream()
                .filter(manager -> !(manager instanceof SessionAccessRules rules && rules.isEmpty()))
                .reduce(SessionAccessAutoConfiguration::both)
                .orElse(null);
    }

    @SuppressWarnings("unchecked") // generic varargs
    private static AuthorizationManager<SessionAccess> both(
            AuthorizationManager<SessionAccess> first, AuthorizationManager<SessionAccess> second) {
        return AuthorizationManagers.allOf(first, second);
    }

    private static AuthorizationEventPublisher publisher(
            ObjectProvider<AuthorizationEventPublisher> publisher, ApplicationContext context) {
        return publisher.getIfAvailable(() -> new SpringAuthorizationEventPublisher(context));
    }

    /** For the reactive API, if Reactor is present. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "reactor.core.publisher.Mono")
    static class ReactiveConfiguration {

        @Bean
        @ConditionalOnMissingBean
        @Nullable
        ReactiveSessionAuthorizer sessionTrackerReactiveAuthorizer(
                ObjectProvider<AuthorizationManager<SessionAccess>> managers,
                ObjectProvider<AuthorizationEventPublisher> publisher,
                ObjectProvider<SessionAuthorizer> blocking,
                ApplicationContext context) {
            AuthorizationManager<SessionAccess> all = all(managers);
            // An authorizer of the application is asked by the reactive API as well.
            return all == null || !(blocking.getIfAvailable() instanceof SpringSecurityAuthorizer)
                    ? null
                    : new ReactiveSpringSecurityAuthorizer(all, publisher(publisher, context));
        }

        /** A resolver of the application is asked by the reactive API as well. */
        @Bean
        @ConditionalOnMissingBean
        @Nullable
        ReactiveSessionCallerResolver sessionTrackerReactiveCallers(SessionCallerResolver blocking) {
            return blocking instanceof SpringSecurityCallers ? new ReactiveSpringSecurityCallers() : null;
        }

        @Bean
        @ConditionalOnWebApplication(type = Type.REACTIVE)
        SessionAccessWebFilter sessionTrackerAccessWebFilter() {
            return new SessionAccessWebFilter();
        }
    }
}
