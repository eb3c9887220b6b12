package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the Actuator endpoint {@code sessiontracker}, if the application exposes it. */
@AutoConfiguration(after = SessionTrackerAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(SessionTrackerEndpoint.class)
@ConditionalOnBean({
    ClosableSessionTracker.class,
    SessionDataProvider.class,
    SessionLockProvider.class,
    SessionCodec.class
})
@EnableConfigurationProperties(SessionTrackerEndpointProperties.class)
public final class SessionTrackerEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SessionTrackerEndpoint sessionTrackerEndpoint(
            Namespace namespace,
            ClosableSessionTracker tracker,
            SessionTrackerSettings settings,
            SweepSettings sweep,
            SessionDataProvider data,
            SessionLockProvider locks,
            SessionCodec codec,
            SessionTrackerEndpointProperties properties,
            ObjectProvider<SessionAuthorizer> authorizer) {
        return new SessionTrackerEndpoint(
                namespace.value(),
                tracker,
                settings,
                sweep,
                data,
                locks,
                codec,
                properties,
                authorizer.getIfAvailable(() -> SessionAuthorizer.PERMIT_ALL));
    }
}
