package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The items of held locks. Each write is on a condition. An item says nothing of when its lease is over: that is for those who watch it
 * to find out, see {@link LockObservations}. DynamoDB deletes an item that nobody did long after.
 */
final class LockTable {

    private static final String SORT_KEY = "lock";
    private static final String IS_OWNER = LockItem.OWNER + " = :owner";
    private static final String IS_FREE = "attribute_not_exists(%s)".formatted(TableSchema.PARTITION);
    private static final String IS_FREE_OR_OUTDATED = "%s OR %s = :version".formatted(IS_FREE, LockItem.VERSION);
    private static final long GARBAGE_MILLIS = Duration.ofDays(1).toMillis();

    private final DynamoDbTable table;
    private final String namespace;

    /**
     * What came of an attempt to take a lock.
     *
     * @param holder who holds it instead; null if it was taken
     * @param isInDoubt whether it may be taken all the same later, by a copy of the request that is still on its way
     */
    record Attempt(@Nullable LockItem holder, boolean isInDoubt) {

        static final Attempt TAKEN = new Attempt(null, false);
    }

    LockTable(DynamoDbTable table, String namespace) {
        this.table = table;
        this.namespace = namespace;
    }

    /**
     * Takes a lock that is free.
     *
     * @param outdated the version of an item whose lease is over, which is replaced; null if none is known
     */
    CompletableFuture<Attempt> take(SessionAddress address, LockItem item, @Nullable String outdated) {
        PutItemRequest.Builder put =
                put(address, item).returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (outdated == null) {
            put.conditionExpression(IS_FREE);
        } else {
            put.conditionExpression(IS_FREE_OR_OUTDATED)
                    .expressionAttributeValues(Map.of(":version", AttributeValue.fromS(outdated)));
        }
        return conditional(
                "Locking " + address,
                table.calls().send(() -> table.client().putItem(put.build())),
                Attempt.TAKEN,
                refusal -> attempt(item, refusal));
    }

    /** The client repeats a request whose reply was lost: then the refusal may be because of the first copy. */
    private static Attempt attempt(LockItem item, ConditionalCheckFailedException refusal) {
        LockItem holder = LockItem.of(refusal.item());
        return holder.owner().equals(item.owner())
                ? Attempt.TAKEN
                : new Attempt(holder, DynamoDbCalls.wasRepeated(refusal));
    }

    /** Replaces the item if the lock is still that owner's, and answers whether it is. */
    CompletableFuture<Boolean> extend(SessionAddress address, LockItem item) {
        PutItemRequest put = put(address, item)
                .conditionExpression(IS_OWNER)
                .expressionAttributeValues(owner(item.owner()))
                .build();
        return conditional(
                "Extending the lock of " + address,
                table.calls().send(() -> table.client().putItem(put)),
                true,
                refusal -> false);
    }

    /** Releases a lock if it is that owner's, and answers whether it was. */
    CompletableFuture<Boolean> release(SessionAddress address, String owner) {
        return conditional(
                "Releasing the lock of " + address,
                table.calls()
                        .send(() -> table.client()
                                .deleteItem(delete -> delete.tableName(table.name())
                                        .key(key(address))
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
                                .key(key(address))
                                .consistentRead(true)
                                .overrideConfiguration(table.calls().configuration())))
                .handle((response, failure) -> {
                    if (failure != null) {
                        throw DynamoDbCalls.failure("Reading the lock of " + address, failure);
                    }
                    return response.hasItem() ? Optional.of(LockItem.of(response.item())) : Optional.empty();
                });
    }

    private PutItemRequest.Builder put(SessionAddress address, LockItem item) {
        long garbageAt = table.calls().clock().millis() + item.leaseMillis() + GARBAGE_MILLIS;
        Map<String, AttributeValue> attributes = new HashMap<>(key(address));
        attributes.putAll(item.attributes());
        attributes.put(TableSchema.TTL, AttributeValue.fromN(Long.toString(garbageAt / 1000)));
        return PutItemRequest.builder()
                .tableName(table.name())
                .item(attributes)
                .overrideConfiguration(table.calls().configuration());
    }

    private Map<String, AttributeValue> key(SessionAddress address) {
        return Map.of(
                TableSchema.PARTITION,
                AttributeValue.fromS(String.join("#", namespace, address.type(), address.key())),
                TableSchema.SORT,
                AttributeValue.fromS(SORT_KEY));
    }

    private static Map<String, AttributeValue> owner(String owner) {
        return Map.of(":owner", AttributeValue.fromS(owner));
    }

    private static <R> CompletableFuture<R> conditional(
            String what,
            CompletableFuture<? extends DynamoDbResponse> write,
            R written,
            Function<ConditionalCheckFailedException, R> refused) {
        return write.handle((response, failure) -> {
            if (failure == null) {
                return written;
            }
            if (DynamoDbCalls.unwrap(failure) instanceof ConditionalCheckFailedException refusal) {
                return refused.apply(refusal);
            }
            throw DynamoDbCalls.failure(what, failure);
        });
    }
}
