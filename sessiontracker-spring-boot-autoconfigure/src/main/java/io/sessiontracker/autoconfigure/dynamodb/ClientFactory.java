package io.sessiontracker.autoconfigure.dynamodb;

import java.net.URI;
import java.time.Duration;

import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/** Creates the client of an application that has none. */
final class ClientFactory {

    private static final int MAX_ATTEMPTS = 9;
    private static final Duration FIRST_DELAY = Duration.ofMillis(25);
    private static final Duration MAX_DELAY = Duration.ofSeconds(20);

    private ClientFactory() {}

    static DynamoDbAsyncClient create(DynamoDbStoreProperties properties, AwsSettings aws) {
        try {
            DynamoDbAsyncClientBuilder builder = DynamoDbAsyncClient.builder();
            aws.configure(builder);
            apply(properties, builder);
            // A lost reply leaves time for another attempt.
            builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                    .retryStrategy(retries())
                    .apiCallAttemptTimeout(properties.timeout().dividedBy(2))
                    .build());
            aws.customize(builder);
            return builder.build();
        } catch (SdkClientException incomplete) {
            throw new ConfigurationFailure(
                    "Sessions or locks are to be kept in DynamoDB, but a client cannot be created: "
                            + incomplete.getMessage(),
                    "Set " + DynamoDbStoreProperties.PREFIX
                            + ".region, spring.cloud.aws.region.static with Spring Cloud AWS,"
                            + " or AWS_REGION, or declare a DynamoDbAsyncClient bean.");
        }
    }

    /** Slows down while the table throttles; otherwise as often and as fast as the SDK's default for DynamoDB. */
    private static RetryStrategy retries() {
        return AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                .maxAttempts(MAX_ATTEMPTS)
                .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_DELAY, MAX_DELAY))
                .build();
    }

    private static void apply(DynamoDbStoreProperties properties, DynamoDbAsyncClientBuilder builder) {
        URI endpoint = properties.endpoint();
        if (endpoint != null) {
            requireHttp(endpoint);
            builder.endpointOverride(endpoint);
        }
        if (StringUtils.hasText(properties.region())) {
            builder.region(Region.of(properties.region()));
        }
        StaticCredentialsProvider credentials = credentials(properties);
        if (credentials != null) {
            builder.credentialsProvider(credentials);
        }
    }

    private static void requireHttp(URI endpoint) {
        boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new ConfigurationFailure(
                    "%s.endpoint is \"%s\", which is no HTTP address."
                            .formatted(DynamoDbStoreProperties.PREFIX, endpoint),
                    "Set it to an address with its scheme, such as http://localhost:8000, or leave it out on AWS.");
        }
    }

    private static @Nullable StaticCredentialsProvider credentials(DynamoDbStoreProperties properties) {
        boolean access = StringUtils.hasText(properties.accessKey());
        if (access != StringUtils.hasText(properties.secretKey())) {
            throw new ConfigurationFailure(
                    "Of access key and secret key only one is set.",
                    "Set both %1$s.access-key and %1$s.secret-key, or neither, to let the AWS SDK find credentials."
                            .formatted(DynamoDbStoreProperties.PREFIX));
        }
        return access
                ? StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(properties.accessKey(), properties.secretKey()))
                : null;
    }
}
