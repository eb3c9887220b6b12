package io.sessiontracker.autoconfigure.actuate;

import java.util.concurrent.ExecutionException;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.dynamodb.DynamoDbTable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** The health of a table in DynamoDB: whether it answers a read, which costs half a unit. */
final class TableHealth extends AbstractHealthIndicator {

    private final DynamoDbTable table;

    TableHealth(DynamoDbTable table) {
        super("DynamoDB health check failed");
        this.table = table;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws Exception {
        builder.withDetail("table", table.name());
        try {
            table.ping().toCompletableFuture().get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof SessionStoreException cause ? cause : failed;
        }
        builder.up();
    }
}
