package io.sessiontracker.autoconfigure;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.spring.WithSessionPostProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

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
}
