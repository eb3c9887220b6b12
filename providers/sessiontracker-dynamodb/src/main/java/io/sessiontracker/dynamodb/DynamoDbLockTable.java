package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The items of held locks. Each write has a condition. An item has the length of its lease but not its end, see
 * {@link LockObservations}. DynamoDB deletes an abandoned item a day after the lease.
 */
final class DynamoDbLockTable {

    private static final String IS_OWNER = LockItem.OWNER + " = :owner";
    private static final String IS_FREE = "attribute_not_exists(%s)".formatted(TableSchema.PARTITION);
    private static final String IS_FREE_OR_EXPIRED = "%s OR %s = :version".formatted(IS_FREE, LockItem.VERSION);
    private static final long GARBAGE_MILLIS = Duration.ofDays(1).toMillis();

    private final DynamoDbTable table;
    private final ItemKeys keys;

    /**
     * The outcome of an attempt to take a lock.
     *
     * @param holder the item of another owner; null if the lock was taken
     * @param isInDoubt whether a copy of the refused request may still be on its way, and take the lock later
     */
    record Attempt(@Nullable LockItem holder, boolean isInDoubt) {

        static final Attempt TAKEN = new Attempt(null, false);
    }

    DynamoDbLockTable(DynamoDbTable table, String namespace) {
        this.table = table;
        this.keys = new ItemKeys(namespace);
    }

    /**
     * Takes a lock that is free.
     *
     * @param expired the version of an item to be replaced because its lease is over; null if there is no such item
     */
    CompletableFuture<Attempt> take(SessionAddress address, LockItem item, @Nullable String expired) {
        PutItemRequest.Builder put =
                put(address, item).returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (expired == null) {
            put.conditionExpression(IS_FREE);
        } else {
            put.conditionExpression(IS_FREE_OR_EXPIRED)
                    .expressionAttributeValues(Map.of(":version", AttributeValue.fromS(expired)));
        }
        return DynamoDbCalls.conditional(
                "Locking " + address,
                table.calls().send(() -> table.client().putItem(put.build())),
                Attempt.TAKEN,
                refusal -> attempt(item, refusal));
    }

    /** The client repeats a request whose reply was lost: its first copy may be the reason for the refusal. */
    private static Attempt attempt(LockItem item, ConditionalCheckFailedException refusal) {
        LockItem holder = LockItem.parse(refusal.item());
        return holder.owner().equals(item.owner())
                ? Attempt.TAKEN
                : new Attempt(holder, DynamoDbCalls.wasRepeated(refusal));
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
                                .deleteItem(delete -> delete.tableName(table.name())
                                        .key(keys.lock(address))
                                        .conditionExpression(IS_OWNER)
                                        .expressionAttributeValues(owner(owner))
                                        .overrideConfiguration(table.calls().configuration()))),
                true,
                refusal -> false);
    }

    /** Reads the item of a lock; empty if it is free. */
    CompletableFuture<Optional<LockItem>> read(SessionAddress address) {
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
                    return response.hasItem() ? Optional.of(LockItem.parse(response.item())) : Optional.empty();
                });
    }

    private PutItemRequest.Builder put(SessionAddress address, LockItem item) {
        long garbageAt = table.calls().clock().millis() + item.leaseMillis() + GARBAGE_MILLIS;
        Map<String, AttributeValue> attributes = new HashMap<>(keys.lock(address));
        attributes.putAll(item.attributes());
        attributes.put(TableSchema.TTL, AttributeValue.fromN(Long.toString(garbageAt / 1000)));
        return PutItemRequest.builder()
                .tableName(table.name())
                .item(attributes)
                .overrideConfiguration(table.calls().configuration());
    }

    private static Map<String, AttributeValue> owner(String owner) {
        return Map.of(":owner", AttributeValue.fromS(owner));
    }
}
