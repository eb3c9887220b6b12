package io.sessiontracker.autoconfigure;

import io.sessiontracker.engine.SessionTrackerSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of a {@link io.sessiontracker.SessionTracker}. */
@AutoConfiguration
@EnableConfigurationProperties(SessionTrackerProperties.class)
public final class SessionTrackerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SessionTrackerSettings sessionTrackerSettings(SessionTrackerProperties properties) {
        return SettingsFactory.create(properties);
    }
}
