package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionStoreException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table, and how it is reached. Stores and lock services of several namespaces may share one. */
public final class DynamoDbTable {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    private final DynamoDbAsyncClient client;
    private final String name;
    private final DynamoDbCalls calls;

    /** Uses a table, with a time-out of five seconds for a call. The client stays the caller's, who closes it. */
    public DynamoDbTable(DynamoDbAsyncClient client, String name) {
        this(client, name, DEFAULT_TIMEOUT);
    }

    /**
     * Uses a table. The client stays the caller's, who closes it.
     *
     * @param timeout how long a call may take, the client's retries included
     */
    public DynamoDbTable(DynamoDbAsyncClient client, String name, Duration timeout) {
        this(client, name, new DynamoDbCalls(timeout));
    }

    DynamoDbTable(DynamoDbAsyncClient client, String name, DynamoDbCalls calls) {
        this.client = Objects.requireNonNull(client, "client");
        this.name = Objects.requireNonNull(name, "name");
        this.calls = calls;
    }

    /** Returns the table's name, or its ARN. */
    public String name() {
        return name;
    }

    /**
     * Reads an item that is not there, to see whether the table answers.
     *
     * @return fails with a {@link SessionStoreException} if it does not
     */
    public CompletionStage<Void> ping() {
        AttributeValue nothing = AttributeValue.fromS("?");
        return calls.send(() -> client.getItem(request -> request.tableName(name)
                        .key(Map.of(TableSchema.PARTITION, nothing, TableSchema.SORT, nothing))
                        .overrideConfiguration(calls.configuration())))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        throw DynamoDbCalls.failure("Reading the table \"%s\"".formatted(name), failure);
                    }
                    return null;
                });
    }

    DynamoDbAsyncClient client() {
        return client;
    }

    DynamoDbCalls calls() {
        return calls;
    }
}
