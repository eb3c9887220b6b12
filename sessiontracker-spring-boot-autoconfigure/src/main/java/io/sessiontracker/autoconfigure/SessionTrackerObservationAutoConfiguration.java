package io.sessiontracker.autoconfigure;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.micrometer.OperationDescription;
import io.sessiontracker.micrometer.SessionMeters;
import io.sessiontracker.micrometer.SessionObservationConvention;
import io.sessiontracker.micrometer.SessionObservations;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of a tracker's observations and meters, if there is a Micrometer registry. */
@AutoConfiguration(
        after = SessionTrackerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnBean(ClosableSessionTracker.class)
public final class SessionTrackerObservationAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ObservationRegistry.class)
    @ConditionalOnBean(ObservationRegistry.class)
    static class Observations {

        @Bean
        @ConditionalOnMissingBean
        SessionObservations sessionTrackerObservations(
                ObservationRegistry registry, ObjectProvider<SessionObservationConvention> convention) {
            return new SessionObservations(registry, convention.getIfAvailable());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean({MeterRegistry.class, SessionDataProvider.class})
    static class Meters {

        /** As often as Prometheus scrapes by default. */
        private static final Duration COUNT_INTERVAL = Duration.ofSeconds(10);

        @Bean
        @ConditionalOnMissingBean
        SessionMeters sessionTrackerMeters(
                MeterRegistry registry, SessionDataProvider store, ObjectProvider<SessionTrackerSettings> settings) {
            SessionTrackerSettings known = settings.getIfAvailable(() -> SessionTrackerSettings.BUILT_IN);
            return new SessionMeters(
                    registry, store, COUNT_INTERVAL, type -> known.of(type).queryable());
        }

        @Bean
        OperationDescription sessionTrackerOperationDescription() {
            return new OperationDescription();
        }

        /** After the tracker and its listeners exist, which name types. */
        @Bean
        SmartInitializingSingleton sessionTrackerMetersOfKnownTypes(
                ObjectProvider<ClosableSessionTracker> tracker, SessionMeters meters) {
            return () -> tracker.ifAvailable(it -> it.knownTypes().keySet().forEach(meters::know));
        }
    }
}
