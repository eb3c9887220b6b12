package io.sessiontracker.autoconfigure.dynamodb;

import java.util.Objects;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.dynamodb.DynamoDbProperties;
import org.springframework.beans.factory.ObjectProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/** What Spring Cloud AWS is set to. It has no asynchronous client of DynamoDB, but all to make one. */
record SpringCloudAwsSettings(
        AwsClientBuilderConfigurer configurer,
        DynamoDbProperties properties,
        ObjectProvider<AwsConnectionDetails> connection,
        ObjectProvider<AwsAsyncClientCustomizer> customizers)
        implements AwsSettings {

    @Override
    public void configure(DynamoDbAsyncClientBuilder builder) {
        configurer.configure(builder, properties, connection.getIfAvailable());
    }

    @Override
    public void customize(DynamoDbAsyncClientBuilder builder) {
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    }

    @Override
    public String tableName(String name) {
        return name.startsWith("arn:")
                ? name
                : Objects.requireNonNullElse(properties.getTablePrefix(), "")
                        + name
                        + Objects.requireNonNullElse(properties.getTableSuffix(), "");
    }
}
