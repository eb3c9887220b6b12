package io.sessiontracker.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** Reads the indexes: those by property and of reminders are items of the table, the others secondary indexes. */
final class IndexReader {

    private final DynamoDbTable table;
    private final ItemKeys keys;

    IndexReader(DynamoDbTable table, ItemKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /** Reads a range: by start one partition after the other, as they are in that order; by another moment all at once. */
    CompletionStage<List<IndexEntry>> entries(IndexRange range) {
        IndexEntry after = range.after();
        List<String> partitions = keys.partitions(after.index(), after.type(), after.group());
        if (partitions.isEmpty() || !ItemKeys.isByStart(after.index())) {
            return merged(range, partitions);
        }
        boolean sharded = partitions.size() > 1;
        int shard = sharded && after.bucket() >= 0 ? ItemKeys.shard(after.bucket()) : 0;
        return new Partition(range, partitions.get(shard)).read().thenCompose(first -> {
            List<String> rest = partitions.subList(shard + 1, partitions.size());
            return first.size() == range.limit() || rest.isEmpty()
                    ? CompletableFuture.completedStage(first)
                    : merged(range, rest)
                            .thenApply(others -> Stream.concat(first.stream(), others.stream())
                                    .limit(range.limit())
                                    .toList());
        });
    }

    private CompletionStage<List<IndexEntry>> merged(IndexRange range, List<String> partitions) {
        return AsyncLoops.all(partitions, partition -> new Partition(range, partition).read())
                .thenApply(found -> found.stream()
                        .flatMap(List::stream)
                        .sorted()
                        .limit(range.limit())
                        .toList());
    }

    /** Counts the entries whose moment is later than that. */
    CompletionStage<Long> count(Index index, String type, long moment) {
        return AsyncLoops.all(
                        keys.partitions(index, type, Group.NONE),
                        partition -> new Count(index, partition, moment).run())
                .thenApply(counts -> counts.stream().mapToLong(Long::longValue).sum());
    }

    private QueryRequest.Builder query(
            Index index, String partition, String condition, Map<String, AttributeValue> values) {
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table.name())
                .overrideConfiguration(table.calls().configuration());
        String partitionName = TableSchema.PARTITION;
        String sortName = TableSchema.SORT;
        if (ItemKeys.isOfItems(index)) {
            request.consistentRead(ItemKeys.isByProperty(index));
        } else {
            TableSchema.SecondaryIndex secondary = TableSchema.index(index);
            request.indexName(secondary.name());
            partitionName = secondary.partition();
            sortName = secondary.sort();
        }
        return request.keyConditionExpression("#partition = :partition AND " + condition)
                .expressionAttributeNames(Map.of("#partition", partitionName, "#sort", sortName))
                .expressionAttributeValues(with(values, ":partition", partition));
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> values, String name, String value) {
        Map<String, AttributeValue> all = new HashMap<>(values);
        all.put(name, AttributeValue.fromS(value));
        return all;
    }

    private CompletionStage<QueryResponse> send(QueryRequest request) {
        return table.calls().send(() -> table.client().query(request));
    }

    private static @Nullable Map<String, AttributeValue> next(QueryResponse response) {
        return response.hasLastEvaluatedKey() && !response.lastEvaluatedKey().isEmpty()
                ? response.lastEvaluatedKey()
                : null;
    }

    /** A range in one partition. */
    private final class Partition {

        private final IndexRange range;
        private final QueryRequest.Builder request;
        private final String sort;
        private final boolean isEmpty;
        private final List<IndexEntry> found = new ArrayList<>();

        Partition(IndexRange range, String partition) {
            this.range = range;
            IndexEntry after = range.after();
            String position = ItemKeys.position(after);
            String end = ItemKeys.moment(table.calls().clock().millis() + 1);
            this.request = range.due()
                    ? query(
                            after.index(),
                            partition,
                            "#sort BETWEEN :after AND :end",
                            Map.of(":after", AttributeValue.fromS(position), ":end", AttributeValue.fromS(end)))
                    : query(
                            after.index(),
                            partition,
                            "#sort > :after",
                            Map.of(":after", AttributeValue.fromS(position)));
            // The estimate of the time may have gone back since the page before.
            this.isEmpty = range.due() && position.compareTo(end) >= 0;
            this.sort = ItemKeys.isOfItems(after.index())
                    ? TableSchema.SORT
                    : TableSchema.index(after.index()).sort();
        }

        CompletionStage<List<IndexEntry>> read() {
            if (isEmpty) {
                return CompletableFuture.completedStage(List.of());
            }
            return AsyncLoops.repeat(() -> send(request.limit(range.limit() + 1 - found.size())
                                    .build())
                            .thenApply(this::add))
                    .thenApply(nothing -> found.subList(0, Math.min(found.size(), range.limit())));
        }

        /** Answers whether there may be more. */
        private boolean add(QueryResponse response) {
            for (Map<String, AttributeValue> item : response.items()) {
                IndexEntry entry = ItemKeys.entry(
                        range.after(), Objects.requireNonNull(item.get(sort)).s());
                if (!entry.equals(range.after())) {
                    found.add(entry);
                }
            }
            Map<String, AttributeValue> next = next(response);
            request.exclusiveStartKey(next);
            return next != null && found.size() < range.limit();
        }
    }

    /** A count of one partition. */
    private final class Count {

        private final QueryRequest.Builder request;
        private long count;

        Count(Index index, String partition, long moment) {
            this.request = query(
                            index,
                            partition,
                            "#sort >= :later",
                            Map.of(":later", AttributeValue.fromS(ItemKeys.moment(moment + 1))))
                    .select(Select.COUNT);
        }

        CompletionStage<Long> run() {
            return AsyncLoops.repeat(() -> send(request.build()).thenApply(response -> {
                        count += response.count();
                        Map<String, AttributeValue> next = next(response);
                        request.exclusiveStartKey(next);
                        return next != null;
                    }))
                    .thenApply(nothing -> count);
        }
    }
}
