package io.sessiontracker.autoconfigure;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sessions in this process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Caffeine.class)
@ConditionalOnProperty(prefix = SessionTrackerProperties.PREFIX, name = "store", havingValue = "memory")
class MemoryStoreConfiguration {

    @Bean
    @ConditionalOnMissingBean(SessionDataProvider.class)
    InMemorySessionDataProvider sessionTrackerDataProvider() {
        return new InMemorySessionDataProvider();
    }
}
