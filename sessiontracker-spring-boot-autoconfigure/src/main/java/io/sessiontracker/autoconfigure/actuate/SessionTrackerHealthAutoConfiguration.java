package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SweepSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health of a tracker's locks and sweeps. */
@AutoConfiguration(after = SessionTrackerAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("sessiontracker")
@ConditionalOnBean(ClosableSessionTracker.class)
public final class SessionTrackerHealthAutoConfiguration {

    @Bean
    TrackerHealth sessionTrackerHealth(SweepSettings sweep) {
        return new TrackerHealth(sweep);
    }

    @Bean
    @ConditionalOnMissingBean(name = "sessionTrackerHealthContributor")
    TrackerHealthContributor sessionTrackerHealthContributor(TrackerHealth health) {
        return new TrackerHealthContributor(health);
    }
}
