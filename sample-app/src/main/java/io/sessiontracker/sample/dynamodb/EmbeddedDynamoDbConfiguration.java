package io.sessiontracker.sample.dynamodb;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Provides the client of an embedded server, which starts before it and stops after it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "session-tracker.store", havingValue = "dynamodb")
@ConditionalOnProperty(name = "shop.dynamodb.embedded")
class EmbeddedDynamoDbConfiguration {

    @Bean
    EmbeddedDynamoDb embeddedDynamoDb(@Value("${shop.dynamodb.port}") int port) throws Exception {
        return EmbeddedDynamoDb.startOrJoin(port);
    }

    @Bean
    DynamoDbAsyncClient dynamoDbClient(EmbeddedDynamoDb server) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }
}
