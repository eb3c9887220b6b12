package io.sessiontracker.autoconfigure;

import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Locks that hold within this process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnLockProvider(OnLockProviderCondition.MEMORY)
class MemoryLockConfiguration {

    @Bean
    @ConditionalOnMissingBean(SessionLockProvider.class)
    InMemorySessionLockProvider sessionTrackerLockProvider() {
        return new InMemorySessionLockProvider();
    }
}
