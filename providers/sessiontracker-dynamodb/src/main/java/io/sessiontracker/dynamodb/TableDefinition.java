package io.sessiontracker.dynamodb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.dynamodb.TableSchema.SecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Defines the table, and compares the definition with that of an existing table. */
final class TableDefinition {

    /** While it is being updated a table, or an index, can be used. */
    private static final Set<String> ACTIVE = Set.of("ACTIVE", "UPDATING");

    private TableDefinition() {}

    static CreateTableRequest request(String name) {
        List<AttributeDefinition> attributes = Stream.concat(
                        Stream.of(TableSchema.PARTITION, TableSchema.SORT),
                        TableSchema.INDEXES.stream().flatMap(index -> Stream.of(index.partition(), index.sort())))
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(keys(TableSchema.PARTITION, TableSchema.SORT))
                .globalSecondaryIndexes(TableSchema.INDEXES.stream()
                        .map(TableDefinition::secondary)
                        .toList())
                .build();
    }

    private static GlobalSecondaryIndex secondary(SecondaryIndex index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(keys(index.partition(), index.sort()))
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                .build();
    }

    private static List<KeySchemaElement> keys(String partition, String sort) {
        return List.of(key(partition, KeyType.HASH), key(sort, KeyType.RANGE));
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    /** Returns why the table cannot be used, as clauses; empty if it can. */
    static List<String> differences(TableDescription table) {
        List<String> differences = new ArrayList<>();
        String expected = text(TableSchema.PARTITION, TableSchema.SORT);
        String keys = text(table, table.keySchema());
        if (!keys.equals(expected)) {
            differences.add("its key is %s instead of %s".formatted(keys, expected));
        }
        Map<String, GlobalSecondaryIndexDescription> indexes = indexes(table);
        for (SecondaryIndex index : TableSchema.INDEXES) {
            GlobalSecondaryIndexDescription found = indexes.get(index.name());
            String wanted = text(index.partition(), index.sort());
            if (found == null) {
                differences.add("the global secondary index \"%s\" with the key %s and projection KEYS_ONLY is missing"
                        .formatted(index.name(), wanted));
            } else if (!text(table, found.keySchema()).equals(wanted)) {
                differences.add("the key of the index \"%s\" is %s instead of %s"
                        .formatted(index.name(), text(table, found.keySchema()), wanted));
            }
        }
        differences.addAll(inactive(table));
        return differences;
    }

    /** Returns why the table or an index is not active, as clauses; empty if all are. */
    static List<String> inactive(TableDescription table) {
        List<String> inactive = new ArrayList<>();
        if (!ACTIVE.contains(table.tableStatusAsString())) {
            inactive.add("its status is " + table.tableStatusAsString());
        }
        Map<String, GlobalSecondaryIndexDescription> indexes = indexes(table);
        for (SecondaryIndex index : TableSchema.INDEXES) {
            GlobalSecondaryIndexDescription found = indexes.get(index.name());
            if (found != null && !ACTIVE.contains(found.indexStatusAsString())) {
                inactive.add(
                        "the status of the index \"%s\" is %s".formatted(index.name(), found.indexStatusAsString()));
            }
        }
        return inactive;
    }

    /** Returns what makes changes cost more than necessary, as clauses. */
    static List<String> warnings(TableDescription table) {
        Map<String, GlobalSecondaryIndexDescription> indexes = indexes(table);
        return TableSchema.INDEXES.stream()
                .map(index -> indexes.get(index.name()))
                .filter(index -> index != null && index.projection().projectionType() != ProjectionType.KEYS_ONLY)
                .map(index -> "the index \"%s\" has more than keys (projection %s), so that more changes write to it"
                        .formatted(index.indexName(), index.projection().projectionTypeAsString()))
                .toList();
    }

    static boolean deletesExpired(TimeToLiveDescription ttl) {
        return TableSchema.TTL.equals(ttl.attributeName())
                && (ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                        || ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLING);
    }

    private static Map<String, GlobalSecondaryIndexDescription> indexes(TableDescription table) {
        return table.globalSecondaryIndexes().stream()
                .collect(Collectors.toMap(GlobalSecondaryIndexDescription::indexName, Function.identity()));
    }

    private static String text(String partition, String sort) {
        return "%s (S), %s (S)".formatted(partition, sort);
    }

    private static String text(TableDescription table, List<KeySchemaElement> keys) {
        Map<String, String> types = new LinkedHashMap<>();
        table.attributeDefinitions().forEach(each -> types.put(each.attributeName(), each.attributeTypeAsString()));
        return keys.stream()
                .sorted(Comparator.comparing(KeySchemaElement::keyType))
                .map(each -> "%s (%s)".formatted(each.attributeName(), types.get(each.attributeName())))
                .collect(Collectors.joining(", "));
    }
}
