package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The groups of the indexes by start, in an item for each index. A group is registered before its first entry is written; this process
 * remembers for ten minutes which groups are.
 */
final class GroupRegistry {

    private static final String NAMES = "names";

    /** A set in DynamoDB has no empty strings. */
    private static final String PREFIX = "=";

    private final DynamoDbTable table;
    private final ItemKeys keys;
    private final Cache<Registration, Boolean> registered = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    private record Registration(Index index, String type, Group group) {}

    GroupRegistry(DynamoDbTable table, ItemKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /** Registers the groups of all entries that are to be added. */
    CompletionStage<@Nullable Void> register(KeyStateChanges changes) {
        List<Registration> unknown = changes.added().stream()
                .filter(entry -> entry.index() == Index.RUNNING || entry.index() == Index.FINISHED)
                .map(GroupRegistry::registration)
                .filter(each -> registered.getIfPresent(each) == null)
                .toList();
        return unknown.isEmpty()
                ? CompletableFuture.completedStage(null)
                : AsyncLoops.all(unknown, this::register).thenApply(all -> null);
    }

    private static Registration registration(IndexEntry entry) {
        return new Registration(entry.index(), entry.type(), entry.group());
    }

    private CompletionStage<Boolean> register(Registration group) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table.name())
                .overrideConfiguration(table.calls().configuration())
                .key(keys.groups(group.index(), group.type()))
                .updateExpression("ADD #names :group")
                .expressionAttributeNames(Map.of("#names", NAMES))
                .expressionAttributeValues(Map.of(
                        ":group",
                        AttributeValue.fromSs(List.of(PREFIX + group.group().value()))))
                .build();
        return table.calls().send(() -> table.client().updateItem(request)).thenApply(response -> {
            registered.put(group, true);
            return true;
        });
    }

    /** Returns the groups of an index. */
    CompletionStage<Set<Group>> groups(Index index, String type) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table.name())
                .overrideConfiguration(table.calls().configuration())
                .key(keys.groups(index, type))
                .consistentRead(true)
                .build();
        return table.calls().send(() -> table.client().getItem(request)).thenApply(response -> {
            AttributeValue names = response.hasItem() ? response.item().get(NAMES) : null;
            return names == null
                    ? Set.of()
                    : names.ss().stream()
                            .map(name -> new Group("", name.substring(PREFIX.length())))
                            .collect(Collectors.toSet());
        });
    }
}
