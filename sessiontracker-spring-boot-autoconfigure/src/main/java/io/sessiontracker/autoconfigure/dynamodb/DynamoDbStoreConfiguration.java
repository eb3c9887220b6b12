package io.sessiontracker.autoconfigure.dynamodb;

import io.sessiontracker.autoconfigure.settings.Namespace;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.autoconfigure.settings.StoreDetails;
import io.sessiontracker.dynamodb.DynamoDbSessionDataProvider;
import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.spi.SessionDataProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sessions in DynamoDB. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DynamoDbTable.class)
@ConditionalOnProperty(
        prefix = SessionTrackerProperties.PREFIX,
        name = "store",
        havingValue = OnLockProviderCondition.DYNAMODB)
@ConditionalOnBean(DynamoDbTable.class)
@ConditionalOnMissingBean(SessionDataProvider.class)
public class DynamoDbStoreConfiguration {

    @Bean
    DynamoDbSessionDataProvider sessionTrackerDataProvider(CheckedTable checked, Namespace namespace) {
        return new DynamoDbSessionDataProvider(checked.table(), namespace.value());
    }

    @Bean
    StoreDetails sessionTrackerStoreDetails(DynamoDbTable table) {
        return new StoreDetails("table " + table.name());
    }
}
