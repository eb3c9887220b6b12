package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.sessiontracker.SessionStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Creates a table, or checks the one that is there. Blocks; meant for the start of an application. */
public final class DynamoDbTableSetup {

    private static final Logger log = LoggerFactory.getLogger(DynamoDbTableSetup.class);
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 500;

    /** Longer than a table's time-out: the client's first calls load classes and connect. */
    private static final AwsRequestOverrideConfiguration CONFIGURATION = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(60))
            .build();

    private final DynamoDbTable table;
    private final String name;
    private final DynamoDbAsyncClient client;

    /** Creates or checks that table. */
    public DynamoDbTableSetup(DynamoDbTable table) {
        this.table = table;
        this.name = table.name();
        this.client = table.client();
    }

    /**
     * Creates the table if there is none: with its indexes, on-demand billing and the deletion of expired items. Returns when it can be
     * used. Several processes may call it at the same time. A table that is there is not changed, except that expired items are deleted
     * from now on.
     *
     * @throws IllegalStateException if there is a table that cannot be used; the message names each difference
     * @throws SessionStoreException if DynamoDB cannot be reached, refuses a request, or does not create the table in time
     */
    public void create() {
        if (describe() == null) {
            createTable();
        }
        awaitActive();
        enableTtl();
        check();
    }

    /**
     * Checks that the table is there, and that it and its indexes have the keys that this release works with. A table that keeps
     * expired items is logged as a warning.
     *
     * @throws IllegalStateException if the table cannot be used; the message names each difference
     * @throws SessionStoreException if DynamoDB cannot be reached or refuses a request
     */
    public void check() {
        TableDescription found = describe();
        List<String> differences =
                found == null ? List.of("there is no such table") : TableDefinition.differences(found);
        if (!differences.isEmpty()) {
            throw new IllegalStateException(
                    "The DynamoDB table \"%s\" cannot be used: %s".formatted(name, String.join("; ", differences)));
        }
        if (found != null) {
            TableDefinition.warnings(found)
                    .forEach(cost -> log.warn("The DynamoDB table \"{}\" can be used, but {}", name, cost));
        }
        checkTtl();
    }

    private void createTable() {
        try {
            call(
                    "Creating",
                    () -> client.createTable(TableDefinition.request(name).toBuilder()
                            .overrideConfiguration(CONFIGURATION)
                            .build()));
            log.info("Created the DynamoDB table \"{}\"", name);
        } catch (SessionStoreException failed) {
            if (!(failed.getCause() instanceof ResourceInUseException)) {
                throw failed;
            }
            log.debug("Another process creates the DynamoDB table \"{}\"", name);
        }
    }

    private void awaitActive() {
        long giveUpAt = System.nanoTime() + MAX_WAIT.toNanos();
        TableDescription found = describe();
        while (found == null || !TableDefinition.inactive(found).isEmpty()) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new SessionStoreException(
                        "The DynamoDB table \"%s\" was not active within %s".formatted(name, MAX_WAIT), null);
            }
            pause();
            found = describe();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SessionStoreException("Interrupted while waiting for the DynamoDB table " + name, interrupted);
        }
    }

    /** Returns the table's definition; null if there is no table. */
    private @Nullable TableDescription describe() {
        try {
            return call(
                            "Reading the definition of",
                            () -> client.describeTable(
                                    request -> request.tableName(name).overrideConfiguration(CONFIGURATION)))
                    .table();
        } catch (SessionStoreException failed) {
            if (failed.getCause() instanceof ResourceNotFoundException) {
                return null;
            }
            throw failed;
        }
    }

    /** DynamoDB refuses it where another process just did it. */
    private void enableTtl() {
        if (deletesOutdated()) {
            return;
        }
        try {
            call(
                    "Enabling the TTL of",
                    () -> client.updateTimeToLive(request -> request.tableName(name)
                            .timeToLiveSpecification(
                                    ttl -> ttl.attributeName(TableSchema.TTL).enabled(true))
                            .overrideConfiguration(CONFIGURATION)));
        } catch (SessionStoreException failed) {
            if (!deletesOutdated()) {
                throw failed;
            }
        }
    }

    private void checkTtl() {
        try {
            if (!deletesOutdated()) {
                log.warn(
                        "The DynamoDB table \"{}\" keeps expired items: enable its TTL, attribute \"{}\"",
                        name,
                        TableSchema.TTL);
            }
        } catch (SessionStoreException failed) {
            log.warn("Cannot check that the DynamoDB table \"{}\" deletes expired items", name, failed);
        }
    }

    private boolean deletesOutdated() {
        return TableDefinition.deletesExpired(call(
                        "Reading the TTL of",
                        () -> client.describeTimeToLive(
                                request -> request.tableName(name).overrideConfiguration(CONFIGURATION)))
                .timeToLiveDescription());
    }

    private <R extends DynamoDbResponse> R call(String what, Supplier<CompletableFuture<R>> request) {
        try {
            return table.calls().send(request).join();
        } catch (CompletionException failed) {
            throw DynamoDbCalls.failure("%s the table \"%s\"".formatted(what, name), failed);
        }
    }
}
