package io.sessiontracker.autoconfigure.jdbc;

import javax.sql.DataSource;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.autoconfigure.settings.ConditionalOnUseOf;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.SqlDialect;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The database of sessions and locks, and its tables. A {@link JdbcDatabase} bean of the application replaces both. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({JdbcDatabase.class, DatabaseInitializationProperties.class})
@ConditionalOnUseOf(OnLockProviderCondition.JDBC)
@ConditionalOnMissingBean(JdbcDatabase.class)
@ConditionalOnSingleCandidate(DataSource.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public class JdbcDatabaseConfiguration {

    @Bean
    JdbcDatabase sessionTrackerDatabase(DataSource dataSource, JdbcStoreProperties properties) {
        String platform = properties.getPlatform();
        try {
            SqlDialect dialect = platform == null ? SqlDialect.of(dataSource) : SqlDialect.of(platform);
            return new JdbcDatabase(dataSource, dialect, properties.getTablePrefix());
        } catch (SessionStoreException unreachable) {
            throw SchemaCheck.unreachable(unreachable);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationFailure(
                    "Sessions cannot be kept in this database. " + e.getMessage() + ".",
                    "Set " + JdbcStoreProperties.PREFIX + ".platform and " + JdbcStoreProperties.PREFIX
                            + ".table-prefix to values that are possible.");
        }
    }

    @Bean
    @ConditionalOnMissingBean
    JdbcSchemaInitializer sessionTrackerSchemaInitializer(JdbcDatabase database, JdbcStoreProperties properties) {
        return new JdbcSchemaInitializer(database, properties);
    }
}
