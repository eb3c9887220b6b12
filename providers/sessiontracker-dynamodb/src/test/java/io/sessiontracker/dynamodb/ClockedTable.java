package io.sessiontracker.dynamodb;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.sessiontracker.spi.SessionDataProvider;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** A table whose service's time a test sets. */
public final class ClockedTable {

    private final DynamoDbTable table = LocalDynamoDb.newTable();

    /** Returns a name that no other history has. */
    public static String newNamespace() {
        return "history:" + UUID.randomUUID();
    }

    /** Returns a store in that namespace which goes by that clock. */
    public SessionDataProvider provider(String namespace, Clock clock) {
        DynamoDbCalls calls = new DynamoDbCalls(LocalDynamoDb.TIMEOUT, new SetClock(clock));
        return new DynamoDbSessionDataProvider(new DynamoDbTable(table.client(), table.name(), calls), namespace);
    }

    /** Fails if a namespace has anything but the names of groups, and items that DynamoDB would have deleted by then. */
    public void assertEmpty(String namespace, Clock clock) {
        List<Map<String, AttributeValue>> items = table.client()
                .scan(ScanRequest.builder()
                        .tableName(table.name())
                        .filterExpression(
                                "begins_with(pk, :namespace) AND NOT contains(pk, :groups) AND NOT #ttl < :now")
                        .expressionAttributeNames(Map.of("#ttl", TableSchema.TTL))
                        .expressionAttributeValues(Map.of(
                                ":namespace", AttributeValue.fromS(namespace),
                                ":groups", AttributeValue.fromS("?groups"),
                                ":now", AttributeValue.fromN(Long.toString(clock.millis() / 1000))))
                        .build())
                .join()
                .items();
        assertThat(items).isEmpty();
    }

    /** A clock that goes by a machine's alone. */
    static final class SetClock extends ServiceClock {

        SetClock(Clock clock) {
            super(clock);
        }

        @Override
        boolean isSynchronised() {
            return true;
        }

        @Override
        void observe(long sent, long received, long date) {
            // The responses are dated by the machine.
        }
    }
}
