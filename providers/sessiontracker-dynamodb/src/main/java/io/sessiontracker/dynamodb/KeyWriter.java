package io.sessiontracker.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.KeyStateStore.SwapReply;
import io.sessiontracker.spi.state.SessionEntry;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Writes the changes of a key on the condition that its root has a revision: in one request, which is a transaction where it is about more
 * than the root.
 */
final class KeyWriter {

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final String CONFLICT = "TransactionConflict";

    private final DynamoDbTable table;
    private final ItemKeys keys;

    KeyWriter(DynamoDbTable table, ItemKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /**
     * Returns the writes that changes are made of, the root's first.
     *
     * @throws SessionStoreException if DynamoDB would refuse them for their sizes
     * @throws IllegalArgumentException if the value of an indexed property is too long
     */
    List<TransactWriteItem> writes(SessionAddress address, long revision, KeyStateChanges changes) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(root(address, revision, changes));
        writes.addAll(parts(address, changes));
        writes.addAll(properties(changes));
        ItemLimits.check(address, writes);
        return writes;
    }

    /** Sends the writes, as a transaction if it is more than one. */
    CompletionStage<SwapReply> send(SessionAddress address, List<TransactWriteItem> writes, KeyStateChanges changes) {
        return writes.size() == 1 ? sendRoot(address, writes.get(0), changes) : sendAll(address, writes);
    }

    private TransactWriteItem root(SessionAddress address, long revision, KeyStateChanges changes) {
        Map<String, AttributeValue> key = keys.root(address);
        boolean absent = revision == LoadedState.ABSENT;
        String condition = absent ? "attribute_not_exists(#field)" : "#field = :revision";
        Map<String, String> names = Map.of("#field", absent ? TableSchema.PARTITION : RootItem.REVISION);
        Map<String, AttributeValue> values =
                absent ? Map.of() : Map.of(":revision", AttributeValue.fromN(Long.toString(revision)));
        if (changes.root().isEmpty()) {
            Delete.Builder delete = Delete.builder()
                    .tableName(table.name())
                    .key(key)
                    .conditionExpression(condition)
                    .expressionAttributeNames(names)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
            return TransactWriteItem.builder()
                    .delete((absent ? delete : delete.expressionAttributeValues(values)).build())
                    .build();
        }
        Put.Builder put = Put.builder()
                .tableName(table.name())
                .item(with(key, RootItem.of(keys, address, changes.root(), changes.revision())))
                .conditionExpression(condition)
                .expressionAttributeNames(names)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        return TransactWriteItem.builder()
                .put((absent ? put : put.expressionAttributeValues(values)).build())
                .build();
    }

    private List<TransactWriteItem> parts(SessionAddress address, KeyStateChanges changes) {
        List<TransactWriteItem> writes = new ArrayList<>();
        KeyState root = changes.root();
        changes.written()
                .forEach((part, data) ->
                        writes.add(put(keys.part(address, part), PartItem.of(keys, address, root, part, data))));
        changes.removed().forEach(part -> writes.add(delete(keys.part(address, part))));
        boolean reindexed = changes.added().stream()
                .anyMatch(entry -> entry.index() == Index.FINISHED || entry.index() == Index.FINISHED_DEADLINE);
        if (reindexed && !changes.written().containsKey(Part.FINISHED)) {
            writes.add(update(keys.part(address, Part.FINISHED), PartItem.indexed(keys, address, root)));
        }
        return writes;
    }

    private List<TransactWriteItem> properties(KeyStateChanges changes) {
        List<TransactWriteItem> writes = new ArrayList<>();
        changes.removedEntries().stream()
                .filter(entry -> ItemKeys.isByProperty(entry.index()))
                .forEach(entry -> writes.add(delete(keys.property(entry))));
        changes.added().stream()
                .filter(entry -> ItemKeys.isByProperty(entry.index()))
                .forEach(entry -> writes.add(put(keys.property(entry), ttl(changes.root(), entry))));
        return writes;
    }

    /** A session that is touched does not write the items of its properties, so those of a sliding expiration have no end of their own. */
    private static Map<String, AttributeValue> ttl(KeyState root, IndexEntry entry) {
        SessionEntry session = entry.index() == Index.FINISHED_PROPERTY ? root.finished() : root.running();
        Map<String, AttributeValue> item = new HashMap<>();
        if (session != null && session.deadline().sliding() == 0) {
            RootItem.putTtl(item, session.deadline().keptUntil());
        }
        return item;
    }

    private TransactWriteItem put(Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table.name())
                        .item(with(key, attributes))
                        .build())
                .build();
    }

    private TransactWriteItem delete(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(Delete.builder().tableName(table.name()).key(key).build())
                .build();
    }

    private TransactWriteItem update(Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        List<String> assignments = new ArrayList<>();
        attributes.forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name, value);
            assignments.add("#%1$s = :%1$s".formatted(name));
        });
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(table.name())
                        .key(key)
                        .updateExpression("SET " + String.join(", ", assignments))
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values)
                        .build())
                .build();
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> key, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.putAll(key);
        return item;
    }

    private CompletionStage<SwapReply> sendRoot(
            SessionAddress address, TransactWriteItem write, KeyStateChanges changes) {
        return send(write).handle((response, failure) -> {
            Throwable cause = failure == null ? null : DynamoDbCalls.unwrap(failure);
            if (cause == null) {
                return SwapReply.DONE;
            } else if (cause instanceof ConditionalCheckFailedException refused) {
                return refused(address, refused, changes);
            } else if (cause instanceof TransactionConflictException) {
                return SwapReply.REFUSED;
            }
            throw DynamoDbCalls.failure("Changing " + address, cause);
        });
    }

    private CompletableFuture<? extends DynamoDbResponse> send(TransactWriteItem write) {
        Put put = write.put();
        if (put != null) {
            PutItemRequest.Builder request = PutItemRequest.builder()
                    .tableName(put.tableName())
                    .overrideConfiguration(table.calls().configuration())
                    .item(put.item())
                    .conditionExpression(put.conditionExpression())
                    .expressionAttributeNames(put.expressionAttributeNames())
                    .returnValuesOnConditionCheckFailure(put.returnValuesOnConditionCheckFailure());
            if (put.hasExpressionAttributeValues()) {
                request.expressionAttributeValues(put.expressionAttributeValues());
            }
            return table.calls().send(() -> table.client().putItem(request.build()));
        }
        Delete delete = write.delete();
        DeleteItemRequest.Builder request = DeleteItemRequest.builder()
                .tableName(delete.tableName())
                .overrideConfiguration(table.calls().configuration())
                .key(delete.key())
                .conditionExpression(delete.conditionExpression())
                .expressionAttributeNames(delete.expressionAttributeNames())
                .returnValuesOnConditionCheckFailure(delete.returnValuesOnConditionCheckFailure());
        if (delete.hasExpressionAttributeValues()) {
            request.expressionAttributeValues(delete.expressionAttributeValues());
        }
        return table.calls().send(() -> table.client().deleteItem(request.build()));
    }

    /**
     * The client may have sent the request again after a lost reply. Then the refusal may be by what the first one wrote, or by what others
     * wrote after it.
     */
    private SwapReply refused(
            SessionAddress address, ConditionalCheckFailedException refused, KeyStateChanges changes) {
        LoadedState stored =
                RootItem.read(address, refused.item(), table.calls().clock().millis());
        if (stored.revision() == changes.revision()) {
            return SwapReply.DONE;
        }
        if (DynamoDbCalls.wasRepeated(refused)) {
            throw new SessionStoreException(
                    "It is not known whether %s was changed: a reply was lost, and another caller may have changed it since"
                            .formatted(address),
                    refused);
        }
        return stored.failure() == null ? SwapReply.refusedBy(stored) : SwapReply.REFUSED;
    }

    /** The client repeats a transaction with its token, and so gets the first one's reply. */
    private CompletionStage<SwapReply> sendAll(SessionAddress address, List<TransactWriteItem> writes) {
        TransactWriteItemsRequest request = TransactWriteItemsRequest.builder()
                .overrideConfiguration(table.calls().configuration())
                .clientRequestToken(UUID.randomUUID().toString())
                .transactItems(writes)
                .build();
        return table.calls()
                .send(() -> table.client().transactWriteItems(request))
                .handle((response, failure) -> {
                    Throwable cause = failure == null ? null : DynamoDbCalls.unwrap(failure);
                    if (cause == null) {
                        return SwapReply.DONE;
                    } else if (cause instanceof TransactionCanceledException cancelled) {
                        return cancelled(address, cancelled);
                    }
                    throw DynamoDbCalls.failure("Changing " + address, cause);
                });
    }

    private SwapReply cancelled(SessionAddress address, TransactionCanceledException cancelled) {
        CancellationReason root = cancelled.cancellationReasons().get(0);
        if (CONDITION_FAILED.equals(root.code())) {
            LoadedState stored =
                    RootItem.read(address, root.item(), table.calls().clock().millis());
            return stored.failure() == null ? SwapReply.refusedBy(stored) : SwapReply.REFUSED;
        }
        if (cancelled.cancellationReasons().stream().anyMatch(reason -> CONFLICT.equals(reason.code()))) {
            return SwapReply.REFUSED;
        }
        throw DynamoDbCalls.failure("Changing " + address, cancelled);
    }
}
