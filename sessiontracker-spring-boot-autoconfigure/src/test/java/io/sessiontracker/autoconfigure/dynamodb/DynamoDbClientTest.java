package io.sessiontracker.autoconfigure.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.sessiontracker.autoconfigure.Applications;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.dynamodb.LocalDynamoDb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.retries.AdaptiveRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The client of an application that has none. DynamoDB Local keeps tables apart by region and access key. */
class DynamoDbClientTest {

    private static final String CLIENT = "sessionTrackerDynamoDbClient";
    private static final String ENDPOINT = LocalDynamoDb.endpoint().toString();

    private final String key = "key" + UUID.randomUUID().toString().replace("-", "");

    private ApplicationContextRunner application() {
        return Applications.bare()
                .withPropertyValues("session-tracker.store=dynamodb", "session-tracker.dynamodb.create-table=true");
    }

    @Test
    void shouldBeCreatedFromSettings() {
        application()
                .withPropertyValues(
                        "session-tracker.dynamodb.endpoint=" + ENDPOINT,
                        "session-tracker.dynamodb.region=eu-west-1",
                        "session-tracker.dynamodb.access-key=" + key,
                        "session-tracker.dynamodb.secret-key=secret",
                        "session-tracker.dynamodb.timeout=50s")
                .run(context -> {
                    assertHasTable(context, Region.EU_WEST_1, "session-tracker");
                    assertThat(configuration(context).overrideConfiguration()).satisfies(override -> {
                        assertThat(override.retryStrategy().orElseThrow())
                                .isInstanceOfSatisfying(
                                        AdaptiveRetryStrategy.class,
                                        retries -> assertThat(retries.maxAttempts())
                                                .isEqualTo(9));
                        assertThat(override.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(25));
                    });
                });
    }

    @Test
    void shouldNameAnEndpointWithoutScheme() {
        application()
                .withPropertyValues(
                        "session-tracker.dynamodb.endpoint=localhost:8000", "session-tracker.dynamodb.region=eu-west-1")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("session-tracker.dynamodb.endpoint is \"localhost:8000\""));
    }

    @Test
    void shouldBeClosedWithTheApplication() {
        AtomicReference<DynamoDbAsyncClient> client = new AtomicReference<>();
        application()
                .withPropertyValues(
                        "session-tracker.dynamodb.endpoint=" + ENDPOINT,
                        "session-tracker.dynamodb.region=eu-west-1",
                        "session-tracker.dynamodb.access-key=" + key,
                        "session-tracker.dynamodb.secret-key=secret")
                .run(context -> client.set(context.getBean(CLIENT, DynamoDbAsyncClient.class)));

        assertThatThrownBy(() -> client.get().listTables().get(1, TimeUnit.MINUTES))
                .rootCause()
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldUseBeansOfTheSdk() {
        application()
                .withClassLoader(new FilteredClassLoader("io.awspring"))
                .withPropertyValues("session-tracker.dynamodb.endpoint=" + ENDPOINT)
                .withBean(AwsCredentialsProvider.class, () -> credentials(key))
                .withBean(AwsRegionProvider.class, () -> () -> Region.EU_NORTH_1)
                .run(context -> assertHasTable(context, Region.EU_NORTH_1, "session-tracker"));
    }

    @Test
    void shouldNotBeCreatedBesideOneOfTheApplication() {
        application()
                .withBean(DynamoDbAsyncClient.class, () -> LocalDynamoDb.newClient(LocalDynamoDb.endpoint()))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CLIENT));
    }

    private ApplicationContextRunner springCloud() {
        return application()
                .withConfiguration(AutoConfigurations.of(
                        AwsAutoConfiguration.class,
                        CredentialsProviderAutoConfiguration.class,
                        RegionProviderAutoConfiguration.class))
                .withPropertyValues(
                        "spring.cloud.aws.region.static=eu-central-1",
                        "spring.cloud.aws.credentials.access-key=" + key,
                        "spring.cloud.aws.credentials.secret-key=secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring.cloud.aws.endpoint", "spring.cloud.aws.dynamodb.endpoint"})
    void shouldUseTheSettingsOfSpringCloud(String endpoint) {
        springCloud()
                .withPropertyValues(endpoint + "=" + ENDPOINT)
                .run(context -> assertHasTable(context, Region.EU_CENTRAL_1, "session-tracker"));
    }

    @Test
    void shouldNameTheTableAsSpringCloudDoes() {
        springCloud()
                .withPropertyValues(
                        "spring.cloud.aws.endpoint=" + ENDPOINT,
                        "spring.cloud.aws.dynamodb.region=eu-south-1",
                        "spring.cloud.aws.dynamodb.table-prefix=shop_",
                        "spring.cloud.aws.dynamodb.table-suffix=_test")
                .run(context -> assertHasTable(context, Region.EU_SOUTH_1, "shop_session-tracker_test"));
    }

    @Test
    void shouldUseTheConnectionDetailsOfSpringCloud() {
        springCloud()
                .withBean(AwsConnectionDetails.class, Local::new)
                .run(context -> assertThat(configuration(context)).satisfies(configuration -> {
                    assertThat(configuration.endpointOverride()).hasValue(LocalDynamoDb.endpoint());
                    assertThat(configuration.region()).isEqualTo(Region.SA_EAST_1);
                }));
    }

    @Test
    void shouldPreferItsOwnSettings() {
        springCloud()
                .withPropertyValues(
                        "spring.cloud.aws.endpoint=http://127.0.0.1:1",
                        "session-tracker.dynamodb.endpoint=" + ENDPOINT,
                        "session-tracker.dynamodb.region=us-west-2")
                .run(context -> assertHasTable(context, Region.US_WEST_2, "session-tracker"));
    }

    @Test
    void shouldLetCustomizersOfSpringCloudHaveTheLastWord() {
        springCloud()
                .withPropertyValues("spring.cloud.aws.endpoint=http://127.0.0.1:1")
                .withBean(
                        AwsAsyncClientCustomizer.class,
                        () -> builder ->
                                ((DynamoDbAsyncClientBuilder) builder).endpointOverride(LocalDynamoDb.endpoint()))
                .run(context -> assertHasTable(context, Region.EU_CENTRAL_1, "session-tracker"));
    }

    @Test
    void shouldAskForBothKeys() {
        application()
                .withPropertyValues(
                        "session-tracker.dynamodb.region=eu-west-1", "session-tracker.dynamodb.access-key=" + key)
                .run(context -> assertThat(failure(context)).hasMessageContaining("only one is set"));
    }

    @Test
    void shouldAskForARegion() {
        application()
                .withBean(AwsRegionProvider.class, () -> () -> {
                    throw SdkClientException.create("Unable to load region");
                })
                .run(context -> {
                    assertThat(failure(context))
                            .hasMessageContaining("a client cannot be created: Unable to load region");
                    assertThat(failure(context).action()).startsWith("Set session-tracker.dynamodb.region");
                });
    }

    private void assertHasTable(AssertableApplicationContext context, Region region, String table) {
        assertThat(context).hasNotFailed().hasBean(CLIENT);
        assertThat(context.getBean(DynamoDbTable.class).name()).isEqualTo(table);
        try (DynamoDbAsyncClient client = DynamoDbAsyncClient.builder()
                .endpointOverride(LocalDynamoDb.endpoint())
                .region(region)
                .credentialsProvider(credentials(key))
                .build()) {
            assertThat(client.listTables().join().tableNames()).containsExactly(table);
        }
    }

    private static StaticCredentialsProvider credentials(String accessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret"));
    }

    private static DynamoDbServiceClientConfiguration configuration(AssertableApplicationContext context) {
        return context.getBean(CLIENT, DynamoDbAsyncClient.class).serviceClientConfiguration();
    }

    private static ConfigurationFailure failure(AssertableApplicationContext context) {
        return (ConfigurationFailure)
                NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(context.getStartupFailure()));
    }

    /** As of a container in a test. */
    private static final class Local implements AwsConnectionDetails {

        @Override
        public URI getEndpoint() {
            return LocalDynamoDb.endpoint();
        }

        @Override
        public String getRegion() {
            return "sa-east-1";
        }
    }
}
