package io.sessiontracker.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.SessionEntry;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The writes that the changes of a key are made of: of its root on the condition of its revision, its parts, and its entries that are items. */
final class KeyWrites {

    private final DynamoDbTable table;
    private final ItemKeys keys;

    KeyWrites(DynamoDbTable table, ItemKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /**
     * Returns the writes that changes are made of, the root's first.
     *
     * @throws SessionStoreException if DynamoDB would refuse them for their sizes
     * @throws IllegalArgumentException if the value of an indexed property is too long
     */
    List<TransactWriteItem> of(SessionAddress address, long revision, KeyStateChanges changes) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(root(address, revision, changes));
        writes.addAll(parts(address, changes));
        writes.addAll(entries(address, changes));
        ItemLimits.check(address, writes);
        return writes;
    }

    private TransactWriteItem root(SessionAddress address, long revision, KeyStateChanges changes) {
        Map<String, AttributeValue> key = keys.root(address);
        boolean absent = revision == LoadedState.ABSENT;
        String condition = absent ? "attribute_not_exists(#field)" : "#field = :revision";
        Map<String, String> names = Map.of("#field", absent ? TableSchema.PARTITION : RootItem.REVISION);
        Map<String, AttributeValue> values =
                absent ? null : Map.of(":revision", AttributeValue.fromN(Long.toString(revision)));
        if (changes.root().isEmpty()) {
            return TransactWriteItem.builder()
                    .delete(Delete.builder()
                            .tableName(table.name())
                            .key(key)
                            .conditionExpression(condition)
                            .expressionAttributeNames(names)
                            .expressionAttributeValues(values)
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .build())
                    .build();
        }
        return TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(table.name())
                        .item(with(key, RootItem.of(keys, address, changes.root(), changes.revision())))
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
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
        } else if (RootItem.isTouchedWithRoot(root.finished())
                && !changes.written().containsKey(Part.FINISHED)) {
            writes.add(update(keys.part(address, Part.FINISHED), PartItem.ttl(root)));
        }
        return writes;
    }

    private List<TransactWriteItem> entries(SessionAddress address, KeyStateChanges changes) {
        List<TransactWriteItem> writes = new ArrayList<>();
        changes.removedEntries().stream()
                .filter(entry -> ItemKeys.isOfItems(entry.index()))
                .forEach(entry -> writes.add(delete(keys.entry(entry))));
        Set<IndexEntry> written = new HashSet<>(changes.added());
        if (hasOtherDeadline(changes)) {
            // Maybe as the session has other lifetimes: then its entries have to live longer.
            IndexEntry.of(address, changes.root()).stream()
                    .filter(entry -> entry.index() == Index.RUNNING_PROPERTY)
                    .forEach(written::add);
        }
        written.stream()
                .filter(entry -> ItemKeys.isOfItems(entry.index()))
                .forEach(entry -> writes.add(put(keys.entry(entry), ttl(changes.root(), entry))));
        return writes;
    }

    private static boolean hasOtherDeadline(KeyStateChanges changes) {
        return Stream.of(changes.added(), changes.removedEntries())
                .allMatch(entries -> entries.stream().anyMatch(entry -> entry.index() == Index.RUNNING_DEADLINE));
    }

    private static Map<String, AttributeValue> ttl(KeyState root, IndexEntry entry) {
        Map<String, AttributeValue> item = new HashMap<>();
        if (entry.index() == Index.REMINDER) {
            // Not with its session, which a touch may prolong without writing this.
            RootItem.putTtl(item, entry.at());
            return item;
        }
        SessionEntry session = entry.index() == Index.FINISHED_PROPERTY ? root.finished() : root.running();
        if (session != null) {
            RootItem.putTtl(item, session);
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
}
