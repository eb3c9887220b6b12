package io.sessiontracker.autoconfigure.jdbc;

import io.sessiontracker.autoconfigure.settings.ConditionalOnLockProvider;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Locks in a database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JdbcDatabase.class)
@ConditionalOnLockProvider(OnLockProviderCondition.JDBC)
@ConditionalOnBean(JdbcDatabase.class)
public class JdbcLockConfiguration {

    @Bean
    @ConditionalOnMissingBean(SessionLockProvider.class)
    @DependsOnDatabaseInitialization
    JdbcSessionLockProvider sessionTrackerLockProvider(
            JdbcDatabase database,
            Namespace namespace,
            JdbcStoreProperties properties,
            ObjectProvider<JdbcSchemaInitializer> initializers) {
        SchemaCheck.verify(database, initializers);
        return new JdbcSessionLockProvider(database, namespace.value(), properties.isLockNotifications());
    }
}
