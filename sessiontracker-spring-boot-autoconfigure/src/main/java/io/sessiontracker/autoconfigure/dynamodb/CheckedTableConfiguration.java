package io.sessiontracker.autoconfigure.dynamodb;

import io.sessiontracker.autoconfigure.settings.ConditionalOnUseOf;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.dynamodb.DynamoDbTable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Checks the table when the store or the lock provider is created, but not where the application has its own of both. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DynamoDbTable.class)
@ConditionalOnUseOf(OnLockProviderCondition.DYNAMODB)
@ConditionalOnBean(DynamoDbTable.class)
public class CheckedTableConfiguration {

    @Bean
    @Lazy
    CheckedTable sessionTrackerCheckedTable(DynamoDbTable table, DynamoDbStoreProperties properties) {
        TableCheck.verify(table, properties);
        return new CheckedTable(table);
    }
}
