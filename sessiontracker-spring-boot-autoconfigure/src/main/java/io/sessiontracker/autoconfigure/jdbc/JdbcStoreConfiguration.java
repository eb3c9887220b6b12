package io.sessiontracker.autoconfigure.jdbc;

import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sessions in a database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JdbcDatabase.class)
@ConditionalOnProperty(
        prefix = SessionTrackerProperties.PREFIX,
        name = "store",
        havingValue = OnLockProviderCondition.JDBC)
@ConditionalOnBean(JdbcDatabase.class)
public class JdbcStoreConfiguration {

    @Bean
    @ConditionalOnMissingBean(SessionDataProvider.class)
    @DependsOnDatabaseInitialization
    JdbcSessionDataProvider sessionTrackerDataProvider(
            JdbcDatabase database,
            Namespace namespace,
            JdbcStoreProperties properties,
            ObjectProvider<JdbcSchemaInitializer> initializers,
            ObjectProvider<DataSourcePoolMetadataProvider> pools) {
        SchemaCheck.verify(database, initializers);
        return new JdbcSessionDataProvider(
                database,
                namespace.value(),
                properties.getTransaction(),
                PoolSize.of(database.dataSource(), pools.orderedStream().toList()));
    }
}
