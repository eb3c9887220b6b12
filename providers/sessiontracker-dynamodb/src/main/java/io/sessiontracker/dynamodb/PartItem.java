package io.sessiontracker.dynamodb;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.SessionEntry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of the data of a finished or an expired session. They name the session and its version, so that a reader who got root
 * and part one after the other knows whether the one belongs to the other: for a version there is only one content.
 */
final class PartItem {

    private static final String VERSION = "version";

    private PartItem() {}

    /** Returns the attributes of a part, its key aside. */
    static Map<String, AttributeValue> of(
            ItemKeys keys, SessionAddress address, KeyState root, Part part, SessionData data) {
        SessionEntry entry = Objects.requireNonNull(entry(root, part), "entry");
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(VERSION, AttributeValue.fromS(version(entry)));
        RootItem.putData(item, data);
        if (!part.equals(Part.FINISHED)) {
            RootItem.putTtl(item, entry.deadline().keptUntil());
        } else {
            RootItem.putTtl(item, entry);
            item.putAll(indexed(keys, address, root));
        }
        return item;
    }

    /** Returns the attributes by which the indexes have a finished session. */
    static Map<String, AttributeValue> indexed(ItemKeys keys, SessionAddress address, KeyState root) {
        Map<String, AttributeValue> item = new HashMap<>();
        for (IndexEntry entry : IndexEntry.of(address, root)) {
            if (entry.index() == Index.FINISHED) {
                RootItem.putIndexed(item, TableSchema.BY_START, keys, entry);
            } else if (entry.index() == Index.FINISHED_DEADLINE) {
                RootItem.putIndexed(item, TableSchema.BY_DEADLINE, keys, entry);
            }
        }
        return item;
    }

    /** Returns when DynamoDB may delete a finished session. */
    static Map<String, AttributeValue> ttl(KeyState root) {
        Map<String, AttributeValue> item = new HashMap<>();
        RootItem.putTtl(item, Objects.requireNonNull(root.finished(), "finished"));
        return item;
    }

    /** Returns the header that a root has of a part's session; null if it has none. */
    static @Nullable SessionEntry entry(KeyState root, Part part) {
        return part.equals(Part.FINISHED)
                ? root.finished()
                : root.expired().stream()
                        .filter(expired -> expired.part().equals(part))
                        .map(ExpiredSession::entry)
                        .findFirst()
                        .orElse(null);
    }

    /**
     * Returns the data in a part's item.
     *
     * @param entry the root's header of that session
     * @return null if the item is not there, or is of another session or version
     */
    static @Nullable SessionData read(SessionEntry entry, @Nullable Map<String, AttributeValue> item)
            throws IOException {
        AttributeValue version = item == null ? null : item.get(VERSION);
        return item == null || version == null || !version(entry).equals(version.s()) ? null : RootItem.data(item);
    }

    private static String version(SessionEntry entry) {
        return entry.version().id() + "/" + entry.version().version();
    }
}
