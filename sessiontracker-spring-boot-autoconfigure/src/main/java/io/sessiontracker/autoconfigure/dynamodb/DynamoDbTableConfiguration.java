package io.sessiontracker.autoconfigure.dynamodb;

import io.sessiontracker.autoconfigure.settings.ConditionalOnUseOf;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.dynamodb.DynamoDbTable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * The table of sessions and locks, over the application's client or one created here. A {@link DynamoDbTable} bean of the
 * application replaces both.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DynamoDbTable.class)
@ConditionalOnUseOf(OnLockProviderCondition.DYNAMODB)
@ConditionalOnMissingBean(DynamoDbTable.class)
public class DynamoDbTableConfiguration {

    private static DynamoDbTable table(
            DynamoDbAsyncClient client, AwsSettings aws, DynamoDbStoreProperties properties) {
        if (properties.timeout().isNegative() || properties.timeout().isZero()) {
            throw new InvalidConfigurationPropertyValueException(
                    DynamoDbStoreProperties.PREFIX + ".timeout",
                    properties.timeout(),
                    "It must be a duration longer than 0, such as 5s.");
        }
        return new DynamoDbTable(client, aws.tableName(properties.table()), properties.timeout());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(DynamoDbAsyncClient.class)
    static class ApplicationClient {

        @Bean
        DynamoDbTable sessionTrackerTable(
                DynamoDbAsyncClient client, AwsSettings aws, DynamoDbStoreProperties properties) {
            return table(client, aws, properties);
        }
    }

    /** The client is no default candidate: neither injection points of the application nor conditions see it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DynamoDbAsyncClient.class)
    static class CreatedClient {

        static final String CLIENT = "sessionTrackerDynamoDbClient";

        @Bean(name = CLIENT, defaultCandidate = false)
        @ConditionalOnMissingBean(name = CLIENT)
        DynamoDbAsyncClient sessionTrackerDynamoDbClient(DynamoDbStoreProperties properties, AwsSettings aws) {
            return ClientFactory.create(properties, aws);
        }

        @Bean
        DynamoDbTable sessionTrackerTable(
                @Qualifier(CLIENT) DynamoDbAsyncClient client, AwsSettings aws, DynamoDbStoreProperties properties) {
            return table(client, aws, properties);
        }
    }
}
