package io.sessiontracker.dynamodb;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys of a namespace's items. Neither a namespace nor a type has {@code #} or {@code ?} in its name, so the partitions of sessions
 * and those of indexes keep apart. Positions in an index compare as strings as {@link IndexEntry} does: numbers are hexadecimal, all of
 * one length.
 */
final class ItemKeys {

    /** The sort key of a root. */
    static final String ROOT = "root";

    private static final String LOCK = "lock";

    /** How many partitions an index of a type has: DynamoDB limits the writes to one. */
    static final int SHARDS = 8;

    private static final int SHARD_SIZE = SessionAddress.BUCKETS / SHARDS;
    private static final int MAX_PARTITION = 2048;
    private static final int BUCKET_DIGITS = 2;
    private static final int MOMENT_DIGITS = 16;

    private final String namespace;

    ItemKeys(String namespace) {
        this.namespace = namespace;
    }

    /** Returns the key of a root. */
    Map<String, AttributeValue> root(SessionAddress address) {
        return item(partition(address), ROOT);
    }

    /** Returns the key of a part. */
    Map<String, AttributeValue> part(SessionAddress address, Part part) {
        return item(partition(address), part.name());
    }

    /** Returns the key of a lock. */
    Map<String, AttributeValue> lock(SessionAddress address) {
        return item(partition(address), LOCK);
    }

    private String partition(SessionAddress address) {
        return "%s#%s#%s".formatted(namespace, address.type(), address.key());
    }

    /** Returns the key of the item that has the groups of an index. */
    Map<String, AttributeValue> groups(Index index, String type) {
        return item("%s#%s?groups".formatted(namespace, type), index.name());
    }

    /** Returns the key of the item that names the lock provider. */
    Map<String, AttributeValue> lockProvider() {
        return item(namespace + "?lock-provider", "record");
    }

    /**
     * Returns the key of an entry that is an item of its own.
     *
     * @throws IllegalArgumentException if name and value are too long
     */
    Map<String, AttributeValue> entry(IndexEntry entry) {
        return item(partition(entry), position(entry));
    }

    /** Returns the partitions of a group's entries, in the order of their buckets; none if no entry can have such a group. */
    List<String> partitions(Index index, String type, Group group) {
        return IntStream.range(0, isByProperty(index) ? 1 : SHARDS)
                .mapToObj(shard -> partition(index, type, group, shard))
                .filter(partition -> length(partition) <= MAX_PARTITION)
                .toList();
    }

    /**
     * Returns the partition of an entry.
     *
     * @throws IllegalArgumentException if it is too long
     */
    String partition(IndexEntry entry) {
        int shard = shard(entry.address().bucket());
        String partition = partition(entry.index(), entry.type(), entry.group(), shard);
        int length = length(partition);
        if (length > MAX_PARTITION) {
            throw new IllegalArgumentException(
                    "%s too long for a key of DynamoDB: %d bytes with the type's name, and at most %d are possible"
                            .formatted(
                                    isByProperty(entry.index())
                                            ? "Name and value of the indexed property \"%s\" are"
                                                    .formatted(entry.group().property())
                                            : "The names of a type's indexed properties are together",
                                    length,
                                    MAX_PARTITION));
        }
        return partition;
    }

    /** Not formatted, as digits depend on the JVM's locale. What claims and what cleans up looks for the same moments. */
    private String partition(Index index, String type, Group group, int shard) {
        String ofType = namespace + "#" + type + "?";
        return switch (index) {
            case RUNNING, FINISHED -> ofType + index + "?" + shard + "?" + group.value();
            case RUNNING_PROPERTY, FINISHED_PROPERTY ->
                ofType + index + "?" + URLEncoder.encode(group.property(), StandardCharsets.UTF_8) + "?"
                        + group.value();
            case RUNNING_DEADLINE, FINISHED_DEADLINE, REMINDER -> ofType + index + "?" + shard;
            case CLAIM, CLEAN_UP -> ofType + "MOMENT?" + shard;
        };
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static int shard(int bucket) {
        return bucket / SHARD_SIZE;
    }

    /** Returns whether the entries of an index are items of their own; the others are attributes of a root or a finished session. */
    static boolean isOfItems(Index index) {
        return isByProperty(index) || index == Index.REMINDER;
    }

    static boolean isByProperty(Index index) {
        return index == Index.RUNNING_PROPERTY || index == Index.FINISHED_PROPERTY;
    }

    /** Returns whether entries are ordered by bucket, and then by start. */
    static boolean isByStart(Index index) {
        return index == Index.RUNNING || index == Index.FINISHED || isByProperty(index);
    }

    /** Returns the sort key of an entry, or what comes before each where it is none. */
    static String position(IndexEntry entry) {
        if (!isByStart(entry.index())) {
            return moment(entry.at()) + entry.key();
        }
        return entry.bucket() < 0 ? "0" : bucket(entry.bucket()) + moment(entry.at()) + entry.key();
    }

    /** Returns what the positions of a bucket's entries begin with. */
    static String bucket(int bucket) {
        return "%02x".formatted(bucket);
    }

    /**
     * Returns the greatest position that an entry of a bucket can have if it comes after another entry when the newest come first: that
     * entry's own in its own bucket, and else one that no entry has, as each has a key.
     */
    static String newestBefore(IndexEntry entry, int bucket) {
        if (bucket == entry.bucket()) {
            return position(entry);
        }
        if (bucket > entry.bucket()) {
            return bucket(bucket) + moment(entry.at());
        }
        // Behind all hexadecimal digits.
        return bucket(bucket) + (entry.at() == Long.MAX_VALUE ? "g" : moment(entry.at() + 1));
    }

    /** Returns what the position of a deadline or another moment begins with. */
    static String moment(long at) {
        return "%016x".formatted(at ^ Long.MIN_VALUE);
    }

    /** Returns the entry that has this position. */
    static IndexEntry entry(IndexEntry like, String position) {
        int bucketDigits = isByStart(like.index()) ? BUCKET_DIGITS : 0;
        int bucket = bucketDigits == 0 ? 0 : Integer.parseInt(position, 0, bucketDigits, 16);
        int key = bucketDigits + MOMENT_DIGITS;
        long at = Long.parseUnsignedLong(position, bucketDigits, key, 16) ^ Long.MIN_VALUE;
        return new IndexEntry(like.index(), like.type(), like.group(), bucket, at, position.substring(key));
    }

    private static Map<String, AttributeValue> item(String partition, String sort) {
        return Map.of(
                TableSchema.PARTITION, AttributeValue.fromS(partition), TableSchema.SORT, AttributeValue.fromS(sort));
    }
}
