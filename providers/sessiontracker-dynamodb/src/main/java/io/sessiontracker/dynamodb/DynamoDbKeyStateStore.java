package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStore;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The states of keys in items of a table: the root of a key in one, and each of its parts. */
final class DynamoDbKeyStateStore implements KeyStateStore {

    /** What a root's item may have besides the payload: properties, headers, and its keys in the indexes. */
    private static final int ITEM_RESERVE = 32 << 10;

    /** A transaction changes at most a hundred items: those of a session's properties, and of another one's that it replaces. */
    private static final int MAX_INDEXED_PROPERTIES = 20;

    private static final String OWNER = "owner";
    private static final String UNTIL = "until";

    private final DynamoDbTable table;
    private final ItemKeys keys;
    private final KeyLoader loader;
    private final KeyWrites writes;
    private final KeyWriter writer;
    private final IndexReader indexes;
    private final GroupRegistry groups;
    private final SeenStates seen = new SeenStates();

    DynamoDbKeyStateStore(DynamoDbTable table, String namespace) {
        this.table = table;
        this.keys = new ItemKeys(namespace);
        this.loader = new KeyLoader(table, keys);
        this.writes = new KeyWrites(table, keys);
        this.writer = new KeyWriter(table);
        this.indexes = new IndexReader(table, keys);
        this.groups = new GroupRegistry(table, keys);
    }

    @Override
    public StoreDescription description() {
        return StoreDescription.DEFAULT
                .withMaxPayload(ItemLimits.MAX_ITEM - ITEM_RESERVE)
                .withEstimatedClock()
                .withEventualIndexes()
                .withMaxIndexedProperties(MAX_INDEXED_PROPERTIES);
    }

    @Override
    public CompletionStage<LoadedState> load(SessionAddress address, Set<Part> parts) {
        return withContext(
                "Reading " + address,
                () -> loader.load(address, parts).thenApply(loaded -> {
                    if (loaded.failure() == null) {
                        seen.put(address, loaded);
                    }
                    return loaded;
                }));
    }

    @Override
    public CompletionStage<List<LoadedState>> loadAll(List<SessionAddress> addresses, Set<Part> parts) {
        return addresses.isEmpty()
                ? KeyStateStore.super.loadAll(addresses, parts)
                : withContext("Reading " + addresses.get(0), () -> loader.loadAll(addresses, parts));
    }

    /** Without the service's time, nothing is tried: a session could begin with another one. */
    @Override
    public @Nullable LoadedState remembered(SessionAddress address) {
        ServiceClock clock = table.calls().clock();
        return clock.isSynchronised() ? seen.get(address, clock.millis()) : null;
    }

    @Override
    public CompletionStage<SwapReply> swap(SessionAddress address, long revision, KeyStateChanges changes) {
        List<TransactWriteItem> changed = writes.of(address, revision, changes);
        return withContext(
                "Changing " + address,
                () -> groups.register(changes)
                        .thenCompose(registered -> writer.send(address, changed, changes))
                        .whenComplete((reply, failure) -> {
                            if (failure != null) {
                                seen.forget(address);
                            } else {
                                remember(address, changes, reply);
                            }
                        }));
    }

    private void remember(SessionAddress address, KeyStateChanges changes, SwapReply reply) {
        LoadedState stored = reply.stored();
        if (stored != null) {
            seen.put(address, stored);
        } else if (!reply.done() || changes.root().isEmpty()) {
            seen.forget(address);
        } else {
            seen.put(address, new LoadedState(changes.root().withParts(changes.written()), changes.revision(), 0));
        }
    }

    @Override
    public CompletionStage<List<IndexEntry>> entries(IndexRange range) {
        return withContext("Searching sessions of type " + range.after().type(), () -> indexes.entries(range));
    }

    @Override
    public CompletionStage<Set<Group>> groups(Index index, String type) {
        return withContext("Searching sessions of type " + type, () -> groups.groups(index, type));
    }

    @Override
    public CompletionStage<Long> count(Index index, String type) {
        return withContext(
                "Counting sessions of type " + type,
                () -> indexes.count(index, type, table.calls().clock().millis()));
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        long now = table.calls().clock().millis();
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table.name())
                .overrideConfiguration(table.calls().configuration())
                .key(keys.lockProvider())
                .updateExpression("SET #owner = :owner, #until = :until")
                .conditionExpression("attribute_not_exists(#owner) OR #owner = :owner OR #until < :now")
                .expressionAttributeNames(Map.of("#owner", OWNER, "#until", UNTIL))
                .expressionAttributeValues(Map.of(
                        ":owner", AttributeValue.fromS(name),
                        ":until", AttributeValue.fromN(Long.toString(now + Durations.millis(lease))),
                        ":now", AttributeValue.fromN(Long.toString(now))))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return DynamoDbCalls.conditional(
                "Recording the lock provider",
                table.calls().send(() -> table.client().updateItem(request)),
                name,
                refused -> Objects.requireNonNull(refused.item().get(OWNER)).s());
    }

    private static <R> CompletionStage<R> withContext(String what, Supplier<CompletionStage<R>> call) {
        return call.get().exceptionallyCompose(failure -> {
            throw DynamoDbCalls.failure(what, failure);
        });
    }
}
