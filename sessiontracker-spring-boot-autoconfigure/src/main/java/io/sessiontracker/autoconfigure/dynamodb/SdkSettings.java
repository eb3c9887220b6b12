package io.sessiontracker.autoconfigure.dynamodb;

import org.springframework.beans.factory.ObjectProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/** The application's beans of the AWS SDK; without them, the SDK finds region and credentials itself. */
record SdkSettings(ObjectProvider<AwsCredentialsProvider> credentials, ObjectProvider<AwsRegionProvider> regions)
        implements AwsSettings {

    @Override
    public void configure(DynamoDbAsyncClientBuilder builder) {
        credentials.ifUnique(builder::credentialsProvider);
        regions.ifUnique(region -> builder.region(region.getRegion()));
    }

    @Override
    public void customize(DynamoDbAsyncClientBuilder builder) {}

    @Override
    public String tableName(String name) {
        return name;
    }
}
