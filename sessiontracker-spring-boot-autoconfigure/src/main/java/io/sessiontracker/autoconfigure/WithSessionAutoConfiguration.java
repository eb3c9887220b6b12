package io.sessiontracker.autoconfigure;

import java.util.List;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.spring.ReactiveWithSessionArgumentResolver;
import io.sessiontracker.spring.WithSessionArgumentResolver;
import io.sessiontracker.spring.WithSessionPostProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Auto-configuration of {@link io.sessiontracker.WithSession}. */
@AutoConfiguration(after = SessionTrackerAutoConfiguration.class)
@ConditionalOnBean(SessionTracker.class)
public final class WithSessionAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static WithSessionPostProcessor sessionTrackerWithSessionPostProcessor(Environment environment) {
        return new WithSessionPostProcessor(
                environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
    }

    /** For controllers of Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    @ConditionalOnClass(WebMvcConfigurer.class)
    static class ServletConfiguration {

        @Bean
        WebMvcConfigurer sessionTrackerWithSessionConfigurer(WithSessionPostProcessor sessions) {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(new WithSessionArgumentResolver(sessions));
                }
            };
        }
    }

    /** For controllers of WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    @ConditionalOnClass(WebFluxConfigurer.class)
    static class ReactiveConfiguration {

        @Bean
        WebFluxConfigurer sessionTrackerWithSessionConfigurer(WithSessionPostProcessor sessions) {
            return new WebFluxConfigurer() {
                @Override
                public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                    resolvers.addCustomResolver(new ReactiveWithSessionArgumentResolver(sessions));
                }
            };
        }
    }
}
