package io.sessiontracker.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;
import io.sessiontracker.spi.support.AsyncLoops;
import io.sessiontracker.spi.support.SortedSources;
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
        if (range.newestFirst() && !partitions.isEmpty()) {
            return SortedSources.first(
                    SessionAddress.BUCKETS,
                    range.limit(),
                    IndexEntry::compareNewestFirst,
                    requests -> AsyncLoops.all(requests, request -> newest(range, partitions, request)));
        }
        if (partitions.isEmpty() || !ItemKeys.isByStart(after.index())) {
            return merged(range, partitions);
        }
        boolean sharded = partitions.size() > 1;
        int shard = sharded && after.bucket() >= 0 ? ItemKeys.shard(after.bucket()) : 0;
        return read(range, partitions.get(shard)).thenCompose(first -> {
            List<String> rest = partitions.subList(shard + 1, partitions.size());
            return first.size() == range.limit() || rest.isEmpty()
                    ? CompletableFuture.completedStage(first)
                    : merged(range, rest)
                            .thenApply(others -> Stream.concat(first.stream(), others.stream())
                                    .limit(range.limit())
                                    .toList());
        });
    }

    /** Reads the newest entries of a bucket: they are together in a partition, and ordered by start. */
    private CompletionStage<List<IndexEntry>> newest(
            IndexRange range, List<String> partitions, SortedSources.Request<IndexEntry> request) {
        int bucket = request.source();
        IndexEntry before = Objects.requireNonNullElse(request.after(), range.after());
        String partition = partitions.get(partitions.size() > 1 ? ItemKeys.shard(bucket) : 0);
        Map<String, AttributeValue> bounds = Map.of(
                ":first", AttributeValue.fromS(ItemKeys.bucket(bucket)),
                ":before", AttributeValue.fromS(ItemKeys.newestBefore(before, bucket)));
        QueryRequest.Builder query = query(before.index(), partition, "#sort BETWEEN :first AND :before", bounds)
                .scanIndexForward(false);
        return new Page(range.after(), query, before, request.count()).read();
    }

    private CompletionStage<List<IndexEntry>> merged(IndexRange range, List<String> partitions) {
        return AsyncLoops.all(partitions, partition -> read(range, partition))
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

    private CompletionStage<List<IndexEntry>> read(IndexRange range, String partition) {
        IndexEntry after = range.after();
        String position = ItemKeys.position(after);
        String end = ItemKeys.moment(table.calls().clock().millis() + 1);
        // The estimate of the time may have gone back since the page before.
        if (range.due() && position.compareTo(end) >= 0) {
            return CompletableFuture.completedStage(List.of());
        }
        QueryRequest.Builder request = range.due()
                ? query(
                        after.index(),
                        partition,
                        "#sort BETWEEN :after AND :end",
                        Map.of(":after", AttributeValue.fromS(position), ":end", AttributeValue.fromS(end)))
                : query(after.index(), partition, "#sort > :after", Map.of(":after", AttributeValue.fromS(position)));
        return new Page(after, request, after, range.limit()).read();
    }

    /** Some entries of one partition. */
    private final class Page {

        private final IndexEntry like;
        private final QueryRequest.Builder request;
        private final IndexEntry bound;
        private final int limit;
        private final String sort;
        private final List<IndexEntry> found = new ArrayList<>();

        /**
         * @param like of the same index, type and group
         * @param bound to be left out
         */
        Page(IndexEntry like, QueryRequest.Builder request, IndexEntry bound, int limit) {
            this.like = like;
            this.request = request;
            this.bound = bound;
            this.limit = limit;
            this.sort = ItemKeys.isOfItems(like.index())
                    ? TableSchema.SORT
                    : TableSchema.index(like.index()).sort();
        }

        CompletionStage<List<IndexEntry>> read() {
            return AsyncLoops.repeat(
                            () -> send(request.limit(limit + 1 - found.size()).build())
                                    .thenApply(this::add))
                    .thenApply(nothing -> found.subList(0, Math.min(found.size(), limit)));
        }

        /** Answers whether there may be more. */
        private boolean add(QueryResponse response) {
            for (Map<String, AttributeValue> item : response.items()) {
                IndexEntry entry = ItemKeys.entry(
                        like, Objects.requireNonNull(item.get(sort)).s());
                if (!entry.equals(bound)) {
                    found.add(entry);
                }
            }
            Map<String, AttributeValue> next = next(response);
            request.exclusiveStartKey(next);
            return next != null && found.size() < limit;
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
