package io.sessiontracker.test;

import java.time.Instant;

import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.PriorityOrdered;

/** Replaces the application's store and lock service for {@link AutoConfigureTestSessionTracker}. */
@AutoConfiguration(before = SessionTrackerAutoConfiguration.class)
final class TestSessionTrackerAutoConfiguration {

    @Bean
    @Fallback
    @ConditionalOnMissingBean
    TestClock sessionTrackerTestClock() {
        return new TestClock(Instant.now());
    }

    /** Verifies each write, while production verifies first writes only. */
    @Bean
    static BeanPostProcessor sessionTrackerWriteVerification() {
        return new WriteVerification();
    }

    /** Before one that encrypts what the codec writes. */
    private static final class WriteVerification implements BeanPostProcessor, PriorityOrdered {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof JacksonSessionCodec codec ? codec.verifyingEachWrite() : bean;
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    @Bean
    FreshProviders sessionTrackerFreshProviders(TestClock clock) {
        return new FreshProviders(clock);
    }

    @Bean
    @ConditionalOnMissingBean
    SessionDataProvider sessionTrackerDataProvider(FreshProviders providers) {
        return providers.data();
    }

    @Bean
    @ConditionalOnMissingBean
    SessionLockProvider sessionTrackerLockProvider(FreshProviders providers) {
        return providers.locks();
    }

    @Bean
    StoredSessions sessionTrackerStoredSessions(SessionDataProvider data, SessionTrackerSettings settings) {
        return new StoredSessions(data, settings);
    }
}
