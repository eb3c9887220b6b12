package io.sessiontracker.dynamodb;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.sessiontracker.SessionStoreException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TableSetupTest {

    private final DynamoDbAsyncClient client = LocalDynamoDb.client();
    private final DynamoDbTable table = new DynamoDbTable(client, "sessions-" + UUID.randomUUID());
    private final DynamoDbTableSetup setup = new DynamoDbTableSetup(table);

    @Test
    void shouldCreateATableThatCanBeUsed() {
        setup.create();

        assertThatCode(setup::check).doesNotThrowAnyException();
        assertThat(description().billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(description().globalSecondaryIndexes())
                .extracting(GlobalSecondaryIndexDescription::indexName)
                .containsExactlyInAnyOrder("by-start", "by-deadline", "by-moment");
        assertThat(client.describeTimeToLive(request -> request.tableName(table.name()))
                        .join()
                        .timeToLiveDescription())
                .satisfies(ttl -> {
                    assertThat(ttl.attributeName()).isEqualTo("ttl");
                    assertThat(ttl.timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
                });
    }

    @Test
    void shouldCreateATableOnceForManyInstances() {
        IntStream.range(0, 8).parallel().forEach(instance -> new DynamoDbTableSetup(table).create());

        assertThatCode(setup::check).doesNotThrowAnyException();
    }

    @Test
    void shouldNameAMissingTable() {
        assertThatThrownBy(setup::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"%s\" cannot be used: there is no such table".formatted(table.name()));
    }

    @Test
    void shouldNameAnotherKey() {
        given(request -> request.toBuilder()
                .keySchema(key -> key.attributeName("start_pk").keyType("HASH"))
                .build());

        assertUnusable("its key is start_pk (S) instead of pk (S), sk (S)");
    }

    @Test
    void shouldNameAnotherTypeOfAKey() {
        given(request -> request.toBuilder()
                .attributeDefinitions(request.attributeDefinitions().stream()
                        .map(each -> each.attributeName().equals("sk")
                                ? each.toBuilder()
                                        .attributeType(ScalarAttributeType.N)
                                        .build()
                                : each)
                        .toList())
                .build());

        assertUnusable("its key is pk (S), sk (N) instead of pk (S), sk (S)");
    }

    @Test
    void shouldNameAMissingIndex() {
        givenIndexes(indexes -> indexes.subList(1, 3));

        assertUnusable(
                "the global secondary index \"by-start\" with the key start_pk (S), start_sk (S) and projection KEYS_ONLY is missing");
    }

    @Test
    void shouldNameAnotherKeyOfAnIndex() {
        givenIndexes(indexes -> List.of(
                indexes.get(0),
                indexes.get(1).toBuilder().keySchema(indexes.get(0).keySchema()).build(),
                indexes.get(2)));

        assertUnusable(
                "the key of the index \"by-deadline\" is start_pk (S), start_sk (S) instead of deadline_pk (S), deadline_sk (S)");
    }

    @Test
    void shouldNameEachDifference() {
        givenIndexes(indexes -> indexes.subList(2, 3));

        assertThatThrownBy(setup::check).hasMessageContaining("\"by-start\"").hasMessageContaining("\"by-deadline\"");
    }

    @Test
    void shouldNotChangeAnotherTable() {
        givenIndexes(indexes -> indexes.subList(2, 3));

        assertThatThrownBy(setup::create).isInstanceOf(IllegalStateException.class);
        assertThat(description().globalSecondaryIndexes()).hasSize(1);
    }

    @Test
    void shouldAcceptATableWithoutTtl() {
        given(UnaryOperator.identity());

        assertThatCode(setup::check).doesNotThrowAnyException();
    }

    @Test
    void shouldAcceptIndexesWithMoreThanKeys() {
        givenIndexes(indexes -> indexes.stream()
                .map(index -> index.toBuilder()
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .build())
                .toList());

        assertThatCode(setup::check).doesNotThrowAnyException();
    }

    @Test
    void shouldNameATableThatIsNotReady() {
        TableDescription creating = TableDescription.builder()
                .tableStatus("CREATING")
                .globalSecondaryIndexes(GlobalSecondaryIndexDescription.builder()
                        .indexName("by-start")
                        .indexStatus("CREATING")
                        .build())
                .build();

        assertThat(TableDefinition.inactive(creating))
                .containsExactly("its status is CREATING", "the status of the index \"by-start\" is CREATING");
    }

    @Test
    void shouldFailWhereDynamoDbIsNotReached() {
        try (DynamoDbAsyncClient away = LocalDynamoDb.newClientBuilder(URI.create("http://127.0.0.1:1"))
                .overrideConfiguration(configuration -> configuration.retryStrategy(retries -> retries.maxAttempts(1)))
                .build()) {
            assertThatThrownBy(() -> new DynamoDbTableSetup(new DynamoDbTable(away, "sessions")).check())
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageStartingWith("Reading the definition of the table \"sessions\" failed in DynamoDB: ");
        }
    }

    private void givenIndexes(UnaryOperator<List<GlobalSecondaryIndex>> indexes) {
        given(request -> request.toBuilder()
                .globalSecondaryIndexes(indexes.apply(request.globalSecondaryIndexes()))
                .build());
    }

    /** Creates the table with another definition, and only those attributes that it uses. */
    private void given(UnaryOperator<CreateTableRequest> change) {
        CreateTableRequest changed = change.apply(TableDefinition.request(table.name()));
        String used = (changed.keySchema() + " " + changed.globalSecondaryIndexes()).toLowerCase(Locale.ROOT);
        client.createTable(changed.toBuilder()
                        .attributeDefinitions(changed.attributeDefinitions().stream()
                                .filter(each -> used.contains("attributename=" + each.attributeName() + ","))
                                .toList())
                        .build())
                .join();
    }

    private void assertUnusable(String difference) {
        assertThatThrownBy(setup::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("cannot be used: %s".formatted(difference));
    }

    private TableDescription description() {
        return client.describeTable(request -> request.tableName(table.name()))
                .join()
                .table();
    }
}
