package io.sessiontracker.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.KeyStateStore.SwapReply;
import io.sessiontracker.spi.support.AsyncLoops;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Sends the writes of a key in one request: a conditional write of the root, or a transaction if there are others. */
final class KeyWriter {

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";
    private static final Set<String> THROTTLED = Set.of("ThrottlingError", "ProvisionedThroughputExceeded");
    private static final long MIN_PAUSE = 50;
    private static final int MAX_DOUBLINGS = 4;

    private final DynamoDbTable table;

    KeyWriter(DynamoDbTable table) {
        this.table = table;
    }

    /** Sends the writes, of which the first is the root's; answers whether they were made. */
    CompletionStage<SwapReply> send(SessionAddress address, List<TransactWriteItem> writes, KeyStateChanges changes) {
        return writes.size() == 1 ? sendRoot(address, writes.get(0), changes) : sendAll(address, writes);
    }

    private CompletionStage<SwapReply> sendRoot(
            SessionAddress address, TransactWriteItem write, KeyStateChanges changes) {
        return send(write).handle((response, failure) -> {
            Throwable cause = failure == null ? null : DynamoDbCalls.unwrap(failure);
            if (cause == null) {
                return SwapReply.DONE;
            } else if (cause instanceof ConditionalCheckFailedException refused) {
                return refused(address, refused, changes);
            } else if (cause instanceof TransactionConflictException conflict && !DynamoDbCalls.wasRepeated(conflict)) {
                return SwapReply.REFUSED;
            }
            throw DynamoDbCalls.failure("Changing " + address, cause);
        });
    }

    private CompletableFuture<? extends DynamoDbResponse> send(TransactWriteItem write) {
        Put put = write.put();
        if (put != null) {
            PutItemRequest request = PutItemRequest.builder()
                    .tableName(put.tableName())
                    .overrideConfiguration(table.calls().configuration())
                    .item(put.item())
                    .conditionExpression(put.conditionExpression())
                    .expressionAttributeNames(put.expressionAttributeNames())
                    .expressionAttributeValues(put.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(put.returnValuesOnConditionCheckFailure())
                    .build();
            return table.calls().send(() -> table.client().putItem(request));
        }
        Delete delete = write.delete();
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(delete.tableName())
                .overrideConfiguration(table.calls().configuration())
                .key(delete.key())
                .conditionExpression(delete.conditionExpression())
                .expressionAttributeNames(delete.expressionAttributeNames())
                .expressionAttributeValues(delete.expressionAttributeValues())
                .returnValuesOnConditionCheckFailure(delete.returnValuesOnConditionCheckFailure())
                .build();
        return table.calls().send(() -> table.client().deleteItem(request));
    }

    /**
     * The client may have sent the request again after a lost reply. Then the refusal may be by what the first one wrote, or by what others
     * wrote after it.
     */
    private SwapReply refused(
            SessionAddress address, ConditionalCheckFailedException refused, KeyStateChanges changes) {
        LoadedState stored = stored(address, refused.item());
        if (stored.revision() == changes.revision()) {
            return SwapReply.DONE;
        }
        if (DynamoDbCalls.wasRepeated(refused)) {
            if (changes.root().isEmpty() && refused.item().isEmpty()) {
                return SwapReply.DONE;
            }
            throw new SessionStoreException(
                    "It is not known whether %s was changed: a reply was lost, and another caller may have changed it since"
                            .formatted(address),
                    refused);
        }
        return refusedBy(stored);
    }

    private LoadedState stored(SessionAddress address, Map<String, AttributeValue> item) {
        return RootItem.read(address, item, table.calls().clock().millis());
    }

    private static SwapReply refusedBy(LoadedState stored) {
        return stored.failure() == null ? SwapReply.refusedBy(stored) : SwapReply.REFUSED;
    }

    private CompletionStage<SwapReply> sendAll(SessionAddress address, List<TransactWriteItem> writes) {
        return sendAll(address, writes, 0, System.nanoTime() + table.calls().timeoutNanos());
    }

    /**
     * The client repeats a transaction with its token, and so gets the first one's reply. But it does not repeat one that was cancelled
     * because DynamoDB throttles one of the items.
     */
    private CompletionStage<SwapReply> sendAll(
            SessionAddress address, List<TransactWriteItem> writes, int throttled, long giveUpAt) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .overrideConfiguration(table.calls().configuration())
                .clientRequestToken(UUID.randomUUID().toString())
                .transactItems(writes)
                .build();
        return table.calls()
                .send(() -> table.client().transactWriteItems(request))
                .handle((response, failure) -> failure == null ? null : DynamoDbCalls.unwrap(failure))
                .thenCompose(failure -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(SwapReply.DONE);
                    } else if (!(failure instanceof TransactionCanceledException cancelled)) {
                        throw DynamoDbCalls.failure("Changing " + address, failure);
                    } else if (!isThrottled(cancelled) || System.nanoTime() - giveUpAt >= 0) {
                        return CompletableFuture.completedStage(cancelled(address, cancelled));
                    }
                    return pause(throttled).thenCompose(again -> sendAll(address, writes, throttled + 1, giveUpAt));
                });
    }

    private static CompletionStage<Boolean> pause(int throttled) {
        long pause = ThreadLocalRandom.current().nextLong(MIN_PAUSE << Math.min(throttled, MAX_DOUBLINGS));
        return AsyncLoops.pause(pause, TimeUnit.MILLISECONDS);
    }

    /** Throttling decides only where no condition failed and no other transaction was in the way. */
    private static boolean isThrottled(TransactionCanceledException cancelled) {
        List<String> codes = cancelled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .toList();
        return !codes.contains(CONDITION_FAILED)
                && !codes.contains(CONFLICT)
                && codes.stream().anyMatch(THROTTLED::contains);
    }

    private SwapReply cancelled(SessionAddress address, TransactionCanceledException cancelled) {
        CancellationReason root = cancelled.cancellationReasons().get(0);
        if (CONDITION_FAILED.equals(root.code())) {
            return refusedBy(stored(address, root.item()));
        }
        if (cancelled.cancellationReasons().stream().anyMatch(reason -> CONFLICT.equals(reason.code()))) {
            return SwapReply.REFUSED;
        }
        throw DynamoDbCalls.failure("Changing " + address, cancelled);
    }
}
