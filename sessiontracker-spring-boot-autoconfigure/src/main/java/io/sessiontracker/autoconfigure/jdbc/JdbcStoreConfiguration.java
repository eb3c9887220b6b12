package io.sessiontracker.autoconfigure.jdbc;

import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSchema;
import io.sessiontracker.jdbc.JdbcSessionDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
@EnableConfigurationProperties(JdbcStoreProperties.class)
public class JdbcStoreConfiguration {

    @Bean
    @ConditionalOnMissingBean(SessionDataProvider.class)
    @DependsOnDatabaseInitialization
    JdbcSessionDataProvider sessionTrackerDataProvider(
            JdbcDatabase database,
            Namespace namespace,
            JdbcStoreProperties properties,
            ObjectProvider<DataSourcePoolMetadataProvider> pools) {
        verify(database);
        return new JdbcSessionDataProvider(
                database,
                namespace.value(),
                properties.getTransaction(),
                PoolSize.of(database.dataSource(), pools.orderedStream().toList()));
    }

    /** Refuses to start without the tables of this release. */
    static void verify(JdbcDatabase database) {
        try {
            JdbcSchema.verify(database);
        } catch (IllegalStateException e) {
            throw new ConfigurationFailure(
                    "Sessions and locks are to be kept in a database, but its tables are not those of this release. "
                            + e.getMessage() + ".",
                    "Set " + JdbcStoreProperties.PREFIX + ".initialize-schema=always, or run the script classpath:"
                            + JdbcSchema.script(database.dialect().platform()) + " of sessiontracker-jdbc with the"
                            + " tool that manages your schema.");
        }
    }
}
