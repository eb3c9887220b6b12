package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.FencingTokens;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The items of locks. Each write has a condition. An item has the length of its lease but not its end, see
 * {@link LockObservations}. The item of a released lock has its last fencing token only. Processes' clocks differ, so a token is granted
 * on the condition that it is greater. DynamoDB deletes an item a day after the lease or the release.
 */
final class DynamoDbLockTable {

    private static final String IS_OWNER = LockItem.OWNER + " = :owner";
    private static final String IS_FREE = "attribute_not_exists(%1$s) AND (attribute_not_exists(%2$s) OR %2$s < :token)"
            .formatted(LockItem.OWNER, LockItem.TOKEN);
    private static final String IS_FREE_OR_EXPIRED = "(%s) OR %s = :version".formatted(IS_FREE, LockItem.VERSION);
    private static final String RELEASE =
            "REMOVE %s, %s, %s SET #ttl = :ttl".formatted(LockItem.OWNER, LockItem.VERSION, LockItem.LEASE);
    private static final long GARBAGE_MILLIS = Duration.ofDays(1).toMillis();

    private final DynamoDbTable table;
    private final ItemKeys keys;

    /**
     * The outcome of an attempt to take a lock.
     *
     * @param refusal what the table has of the lock instead; null if the lock was taken
     * @param isInDoubt whether a copy of the refused request may still be on its way, and take the lock later
     */
    record Attempt(@Nullable Stored refusal, boolean isInDoubt) {

        static final Attempt TAKEN = new Attempt(null, false);
    }

    /**
     * What the table has of a lock.
     *
     * @param holder null if it is free
     * @param lastToken 0 if it is unknown
     */
    record Stored(@Nullable LockItem holder, long lastToken) {

        private static Stored parse(Map<String, AttributeValue> attributes) {
            return new Stored(LockItem.parse(attributes).orElse(null), LockItem.token(attributes));
        }
    }

    DynamoDbLockTable(DynamoDbTable table, String namespace) {
        this.table = table;
        this.keys = new ItemKeys(namespace);
    }

    /**
     * Takes a lock that is free, if the item's token is greater than its last one.
     *
     * @param expired the version of an item to be replaced because its lease is over, and whose token is smaller; null if there is no
     *     such item
     */
    CompletableFuture<Attempt> take(SessionAddress address, LockItem item, @Nullable String expired) {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":token", number(item.token())));
        PutItemRequest.Builder put =
                put(address, item).returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (expired == null) {
            put.conditionExpression(IS_FREE);
        } else {
            values.put(":version", AttributeValue.fromS(expired));
            put.conditionExpression(IS_FREE_OR_EXPIRED);
        }
        put.expressionAttributeValues(values);
        return DynamoDbCalls.conditional(
                "Locking " + address,
                table.calls().send(() -> table.client().putItem(put.build())),
                Attempt.TAKEN,
                refusal -> attempt(item, refusal));
    }

    /** The client repeats a request whose reply was lost: its first copy may be the reason for the refusal. */
    private static Attempt attempt(LockItem item, ConditionalCheckFailedException refusal) {
        Stored stored = Stored.parse(refusal.item());
        return stored.holder() != null && stored.holder().owner().equals(item.owner())
                ? Attempt.TAKEN
                : new Attempt(stored, DynamoDbCalls.wasRepeated(refusal));
    }

    /** Replaces the item if the lock still has that owner; answers whether it has. */
    CompletableFuture<Boolean> extend(SessionAddress address, LockItem item) {
        PutItemRequest put = put(address, item)
                .conditionExpression(IS_OWNER)
                .expressionAttributeValues(owner(item.owner()))
                .build();
        return DynamoDbCalls.conditional(
                "Extending the lock of " + address,
                table.calls().send(() -> table.client().putItem(put)),
                true,
                refusal -> false);
    }

    /** Releases a lock if it has that owner; answers whether it had. */
    CompletableFuture<Boolean> release(SessionAddress address, String owner) {
        return DynamoDbCalls.conditional(
                "Releasing the lock of " + address,
                table.calls()
                        .send(() -> table.client()
                                .updateItem(update -> update.tableName(table.name())
                                        .key(keys.lock(address))
                                        .conditionExpression(IS_OWNER)
                                        .updateExpression(RELEASE)
                                        .expressionAttributeNames(Map.of("#ttl", TableSchema.TTL))
                                        .expressionAttributeValues(
                                                Map.of(":owner", AttributeValue.fromS(owner), ":ttl", ttl(0)))
                                        .overrideConfiguration(table.calls().configuration()))),
                true,
                refusal -> false);
    }

    /** Returns the token of a grant that comes after this one. */
    long nextToken(long last) {
        return FencingTokens.next(last, table.calls().clock().micros());
    }

    /** Reads what the table has of a lock. */
    CompletableFuture<Stored> read(SessionAddress address) {
        return table.calls()
                .send(() -> table.client()
                        .getItem(get -> get.tableName(table.name())
                                .key(keys.lock(address))
                                .consistentRead(true)
                                .overrideConfiguration(table.calls().configuration())))
                .handle((response, failure) -> {
                    if (failure != null) {
                        throw DynamoDbCalls.failure("Reading the lock of " + address, failure);
                    }
                    return response.hasItem() ? Stored.parse(response.item()) : new Stored(null, 0);
                });
    }

    private PutItemRequest.Builder put(SessionAddress address, LockItem item) {
        Map<String, AttributeValue> attributes = new HashMap<>(keys.lock(address));
        attributes.putAll(item.attributes());
        attributes.put(TableSchema.TTL, ttl(item.leaseMillis()));
        return PutItemRequest.builder()
                .tableName(table.name())
                .item(attributes)
                .overrideConfiguration(table.calls().configuration());
    }

    private AttributeValue ttl(long leaseMillis) {
        return number((table.calls().clock().millis() + leaseMillis + GARBAGE_MILLIS) / 1000);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static Map<String, AttributeValue> owner(String owner) {
        return Map.of(":owner", AttributeValue.fromS(owner));
    }
}
