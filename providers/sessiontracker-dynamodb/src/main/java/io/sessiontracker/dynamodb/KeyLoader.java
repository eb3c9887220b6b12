package io.sessiontracker.dynamodb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.SessionEntry;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads roots and parts with strongly consistent reads. A batch is no snapshot: a write may fall between two of its items, which their
 * versions then show.
 */
final class KeyLoader {

    /** How many items one request reads. */
    private static final int BATCH = 100;

    private static final int MAX_ATTEMPTS = 10;

    private final DynamoDbTable table;
    private final ItemKeys keys;

    KeyLoader(DynamoDbTable table, ItemKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    CompletionStage<LoadedState> load(SessionAddress address, Set<Part> parts) {
        return parts.isEmpty() ? root(address) : whole(address, parts, 1);
    }

    private CompletionStage<LoadedState> root(SessionAddress address) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table.name())
                .overrideConfiguration(table.calls().configuration())
                .key(keys.root(address))
                .consistentRead(true)
                .build();
        return table.calls()
                .send(() -> table.client().getItem(request))
                .thenApply(response -> RootItem.read(address, response.item(), now()));
    }

    /** Reads root and parts again until they belong together. */
    private CompletionStage<LoadedState> whole(SessionAddress address, Set<Part> parts, int attempt) {
        return items(itemKeys(List.of(address), parts)).thenCompose(items -> {
            LoadedState loaded = assemble(address, parts, items);
            if (loaded != null) {
                return CompletableFuture.completedStage(loaded);
            }
            if (attempt == MAX_ATTEMPTS) {
                return CompletableFuture.completedStage(LoadedState.unreadable(
                        RootItem.unreadable(
                                address, new IOException("its items do not belong together, " + attempt + " times")),
                        now()));
            }
            return whole(address, parts, attempt + 1);
        });
    }

    /** Reads several keys; those whose items do not belong together once more, each for itself. */
    CompletionStage<List<LoadedState>> loadAll(List<SessionAddress> addresses, Set<Part> parts) {
        return items(itemKeys(addresses, parts))
                .thenCompose(items -> AsyncLoops.all(addresses, address -> {
                    LoadedState loaded = assemble(address, parts, items);
                    return loaded == null ? load(address, parts) : CompletableFuture.completedStage(loaded);
                }));
    }

    private Set<Map<String, AttributeValue>> itemKeys(List<SessionAddress> addresses, Set<Part> parts) {
        Set<Map<String, AttributeValue>> all = new LinkedHashSet<>();
        for (SessionAddress address : addresses) {
            all.add(keys.root(address));
            parts.forEach(part -> all.add(keys.part(address, part)));
        }
        return all;
    }

    /** Returns null if root and parts do not belong together. */
    private @Nullable LoadedState assemble(
            SessionAddress address,
            Set<Part> parts,
            Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items) {
        LoadedState root = RootItem.read(address, items.getOrDefault(keys.root(address), Map.of()), now());
        Map<Part, SessionData> loaded = new HashMap<>();
        for (Part part : parts) {
            SessionEntry entry = PartItem.entry(root.state(), part);
            if (entry != null) {
                try {
                    SessionData data = PartItem.read(entry, items.get(keys.part(address, part)));
                    if (data == null) {
                        return null;
                    }
                    loaded.put(part, data);
                } catch (IOException unreadable) {
                    return LoadedState.unreadable(RootItem.unreadable(address, unreadable), root.now());
                }
            }
        }
        KeyState state = root.state().withParts(loaded);
        return new LoadedState(state, root.revision(), root.now(), root.failure());
    }

    /** Returns the items that there are, by their keys. */
    private CompletionStage<Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> items(
            Set<Map<String, AttributeValue>> itemKeys) {
        List<Map<String, AttributeValue>> all = List.copyOf(itemKeys);
        List<List<Map<String, AttributeValue>>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return AsyncLoops.all(batches, batch -> new Batch(batch).read()).thenApply(found -> {
            Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new HashMap<>();
            found.forEach(items::putAll);
            return items;
        });
    }

    private long now() {
        return table.calls().clock().millis();
    }

    /**
     * Up to a hundred items. DynamoDB returns 16 MB at once and leaves out the rest, which is requested again. If it returns none it is
     * throttling, and the next request follows after a pause, which doubles.
     */
    private final class Batch {

        private final Map<Map<String, AttributeValue>, Map<String, AttributeValue>> found = new HashMap<>();
        private List<Map<String, AttributeValue>> missing;
        private int attempt;

        Batch(List<Map<String, AttributeValue>> itemKeys) {
            this.missing = itemKeys;
        }

        CompletionStage<Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> read() {
            return AsyncLoops.repeat(this::readMissing).thenApply(nothing -> found);
        }

        private CompletionStage<Boolean> readMissing() {
            BatchGetItemRequest request = BatchGetItemRequest.builder()
                    .overrideConfiguration(table.calls().configuration())
                    .requestItems(Map.of(
                            table.name(),
                            KeysAndAttributes.builder()
                                    .keys(missing)
                                    .consistentRead(true)
                                    .build()))
                    .build();
            return table.calls()
                    .send(() -> table.client().batchGetItem(request))
                    .thenCompose(response -> {
                        int before = found.size();
                        response.responses()
                                .values()
                                .forEach(items -> items.forEach(item -> found.put(key(item), item)));
                        missing = response.unprocessedKeys().values().stream()
                                .flatMap(rest -> rest.keys().stream())
                                .toList();
                        if (missing.isEmpty() || found.size() > before) {
                            attempt = 0;
                            return CompletableFuture.completedStage(!missing.isEmpty());
                        }
                        return pause();
                    });
        }

        private CompletionStage<Boolean> pause() {
            if (++attempt == MAX_ATTEMPTS) {
                throw new SessionStoreException(
                        "DynamoDB left out items %d times, as it does when it is throttling".formatted(attempt), null);
            }
            return AsyncLoops.pause(10L << attempt, TimeUnit.MILLISECONDS);
        }

        private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
            return Map.of(
                    TableSchema.PARTITION,
                    item.get(TableSchema.PARTITION),
                    TableSchema.SORT,
                    item.get(TableSchema.SORT));
        }
    }
}
