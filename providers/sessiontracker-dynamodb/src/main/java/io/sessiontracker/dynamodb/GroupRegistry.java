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
 * The groups that the indexes by start have, in an item for each index. A group is noted before the first entry is; this process knows for
 * some minutes which are.
 */
final class GroupRegistry {

    private static final String NAMES = "names";

    /** A set in DynamoDB has no empty strings. */
    private static final String PREFIX = "=";

    private final DynamoDbTable table;
    private final ItemKeys keys;
    private final Cache<Noted, Boolean> noted = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    private record Noted(Index index, String type, Group group) {}

    GroupRegistry(DynamoDbTable table, ItemKeys keys) {
        this.table = table;
        this.keys = keys;
    }

    /** Notes the groups of all entries that are to be added. */
    CompletionStage<@Nullable Void> note(KeyStateChanges changes) {
        List<Noted> unknown = changes.added().stream()
                .filter(entry -> entry.index() == Index.RUNNING || entry.index() == Index.FINISHED)
                .map(GroupRegistry::noted)
                .filter(each -> noted.getIfPresent(each) == null)
                .toList();
        return unknown.isEmpty()
                ? CompletableFuture.completedStage(null)
                : AsyncLoops.all(unknown, this::note).thenApply(all -> null);
    }

    private static Noted noted(IndexEntry entry) {
        return new Noted(entry.index(), entry.type(), entry.group());
    }

    private CompletionStage<Boolean> note(Noted group) {
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
            noted.put(group, true);
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
