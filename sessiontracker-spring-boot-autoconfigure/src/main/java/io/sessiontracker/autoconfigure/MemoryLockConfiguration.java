package io.sessiontracker.autoconfigure;

import io.sessiontracker.autoconfigure.settings.ConditionalOnLockProvider;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Locks that hold within this process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnLockProvider(OnLockProviderCondition.MEMORY)
class MemoryLockConfiguration {

    private static final Logger logger = LoggerFactory.getLogger(MemoryLockConfiguration.class);

    @Bean
    @ConditionalOnMissingBean(SessionLockProvider.class)
    InMemorySessionLockProvider sessionTrackerLockProvider(SessionTrackerProperties properties) {
        if (!properties.store().equalsIgnoreCase(OnLockProviderCondition.MEMORY)) {
            logger.warn(
                    "{} is memory: locks hold within this process only, while other processes share its sessions",
                    OnLockProviderCondition.PROPERTY);
        }
        return new InMemorySessionLockProvider();
    }
}
