package io.sessiontracker.dynamodb;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ItemKeysTest {

    private final ItemKeys keys = new ItemKeys("shop");

    @ParameterizedTest
    @EnumSource
    void shouldBeTheSameInEachLocale(Index index) {
        IndexEntry entry = entry(index, new Group("tenant", "7"), 12_345);
        String partition = keys.partition(entry);
        String position = ItemKeys.position(entry);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(keys.partition(entry)).isEqualTo(partition).isASCII();
            assertThat(ItemKeys.position(entry)).isEqualTo(position);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldOrderEntriesAsTheirPositions(Index index) {
        Group group = new Group("", "");
        List<IndexEntry> entries = Stream.of(0L, 1L, 255L, 256L, 1L << 40, Long.MAX_VALUE)
                .map(at -> entry(index, group, at))
                .toList();

        assertThat(entries.stream().sorted().map(ItemKeys::position)).isSorted();
        assertThat(entries)
                .allSatisfy(entry -> assertThat(ItemKeys.entry(entry, ItemKeys.position(entry)))
                        .isEqualTo(entry));
    }

    @Test
    void shouldRefuseWhatNoKeyHolds() {
        IndexEntry entry = entry(Index.RUNNING_PROPERTY, new Group("tenant", "x".repeat(2_048)), 1);
        assertThatThrownBy(() -> keys.partition(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"tenant\"");
        assertThat(keys.partitions(entry.index(), "order", entry.group())).isEmpty();
    }

    /** A touch of a sliding expiration does not write the items beside the root. */
    @Test
    void shouldLetNothingEndThatATouchMakesLiveLonger() {
        assertThat(ttlOfFinished(new Lifetimes(0, 0, 60_000, 0))).isNull();
        assertThat(ttlOfFinished(new Lifetimes(60_000, 0, 0, 0))).isNotNull();
        assertThat(Long.parseLong(ttlOfFinished(new Lifetimes(30L * 86_400_000, 0, 60_000, 0))
                        .n()))
                .isGreaterThan(System.currentTimeMillis() / 1_000 + 30 * 86_400);
    }

    @Test
    void shouldKeepTheEntriesOfASessionThatIsToLiveLonger() {
        String namespace = "ttl:" + UUID.randomUUID();
        SessionDataProvider store = new DynamoDbSessionDataProvider(LocalDynamoDb.table(), namespace);
        SessionAddress address = new SessionAddress("order", "key");
        OperationToken token = OperationToken.random();
        SessionData data = new SessionData(Map.of("tenant", "acme"), Set.of("tenant"), new byte[1]);
        StoreReply started = store.start(
                        address, List.of(token.newSessionId()), data, new Lifetimes(60_000, 0, 0, 0), token, false)
                .toCompletableFuture()
                .join();
        IndexEntry entry = new IndexEntry(
                Index.RUNNING_PROPERTY,
                "order",
                new Group("tenant", "acme"),
                address.bucket(),
                ((StoreReply.Started) started).startedAt(),
                "key");
        store.expire(address, null, new Lifetimes(0, 0, 0, 0))
                .toCompletableFuture()
                .join();

        assertThat(LocalDynamoDb.client()
                        .getItem(request -> request.tableName(
                                        LocalDynamoDb.table().name())
                                .key(new ItemKeys(namespace).entry(entry)))
                        .join()
                        .item())
                .isNotEmpty()
                .doesNotContainKey(TableSchema.TTL);
    }

    /** Otherwise each sweep would read their entry again, as none finds a session to remove it with. */
    @Test
    void shouldKeepASessionInNoIndexAsLongAsTheEntryOfItsReminders() {
        String namespace = "ttl:" + UUID.randomUUID();
        SessionDataProvider store = new DynamoDbSessionDataProvider(LocalDynamoDb.table(), namespace);
        SessionAddress address = new SessionAddress("order", "key");
        OperationToken token = OperationToken.random();
        long days = 3L * 86_400_000;
        SessionData data =
                new SessionData(Map.of(), Set.of(), List.of(ReminderChange.after("late", days)), new byte[1]);
        Lifetimes minute = new Lifetimes(60_000, 0, 0, 0).withQueryable(false);
        StoreReply started = store.start(address, List.of(token.newSessionId()), data, minute, token, false)
                .toCompletableFuture()
                .join();
        long at = ((StoreReply.Started) started).startedAt() + days;
        IndexEntry entry = new IndexEntry(Index.REMINDER, "order", Group.NONE, 0, at, "key");

        ItemKeys stored = new ItemKeys(namespace);
        assertThat(ttl(stored.entry(entry))).isGreaterThan((at + days) / 1_000).isEqualTo(ttl(stored.root(address)));
    }

    private static long ttl(Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = LocalDynamoDb.client()
                .getItem(request ->
                        request.tableName(LocalDynamoDb.table().name()).key(key))
                .join()
                .item();
        return Long.parseLong(item.get(TableSchema.TTL).n());
    }

    private AttributeValue ttlOfFinished(Lifetimes lifetimes) {
        String namespace = "ttl:" + UUID.randomUUID();
        SessionDataProvider store = new DynamoDbSessionDataProvider(LocalDynamoDb.table(), namespace);
        SessionAddress address = new SessionAddress("order", "key");
        OperationToken token = OperationToken.random();
        SessionData data = new SessionData(Map.of(), Set.of(), new byte[1]);
        store.start(address, List.of(token.newSessionId()), data, lifetimes, token, false)
                .toCompletableFuture()
                .join();
        store.finish(address, null, lifetimes, OperationToken.random(), false)
                .toCompletableFuture()
                .join();
        return LocalDynamoDb.client()
                .getItem(request -> request.tableName(LocalDynamoDb.table().name())
                        .key(new ItemKeys(namespace).part(address, Part.FINISHED)))
                .join()
                .item()
                .get(TableSchema.TTL);
    }

    private static IndexEntry entry(Index index, Group group, long at) {
        SessionAddress address = new SessionAddress("order", "key");
        int bucket = ItemKeys.isByStart(index) ? address.bucket() : 0;
        return new IndexEntry(index, "order", group, bucket, at, "key");
    }
}
