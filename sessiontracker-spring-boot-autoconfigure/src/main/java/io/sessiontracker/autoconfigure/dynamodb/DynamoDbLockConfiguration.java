package io.sessiontracker.autoconfigure.dynamodb;

import io.sessiontracker.autoconfigure.settings.ConditionalOnLockProvider;
import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.dynamodb.DynamoDbSessionLockProvider;
import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Locks in DynamoDB. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DynamoDbTable.class)
@ConditionalOnLockProvider(OnLockProviderCondition.DYNAMODB)
@ConditionalOnBean(DynamoDbTable.class)
public class DynamoDbLockConfiguration {

    @Bean
    @ConditionalOnMissingBean(SessionLockProvider.class)
    DynamoDbSessionLockProvider sessionTrackerLockProvider(CheckedTable checked, Namespace namespace) {
        return new DynamoDbSessionLockProvider(checked.table(), namespace.value());
    }
}
