package io.sessiontracker.spi.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;

/**
 * What a store writes in one atomic step in place of a state.
 *
 * @param root the new root, without parts; if it {@linkplain KeyState#isEmpty is empty}, the root is removed
 * @param revision the new root's revision: a random number that no other root of this key ever had
 * @param written the parts to store, in place of those of the same name
 * @param removed the parts to remove
 * @param added the index entries to add
 * @param removedEntries the index entries to remove
 */
public record KeyStateChanges(
        KeyState root,
        long revision,
        Map<Part, SessionData> written,
        Set<Part> removed,
        Set<IndexEntry> added,
        Set<IndexEntry> removedEntries) {

    /** Returns what is to be written where a state becomes another. */
    static KeyStateChanges between(SessionAddress address, KeyState before, KeyState after) {
        Map<Part, SessionData> written = new HashMap<>();
        Map<Part, SessionEntry> stored = before.parts();
        Map<Part, SessionEntry> kept = after.parts();
        kept.forEach((part, entry) -> {
            SessionEntry earlier = stored.get(part);
            SessionData data = entry.data();
            if (data != null && (earlier == null || earlier.data() != data)) {
                written.put(part, data);
            }
        });
        Set<IndexEntry> entries = IndexEntry.of(address, after, before);
        Set<IndexEntry> earlierEntries = IndexEntry.of(address, before, after);
        return new KeyStateChanges(
                after.root(),
                newRevision(),
                written,
                without(stored.keySet(), kept.keySet()),
                without(entries, earlierEntries),
                without(earlierEntries, entries));
    }

    /**
     * Returns the whole state after these changes, parts included, for a store that keeps a state in one piece.
     *
     * @param before the whole state that was stored
     */
    public KeyState applyTo(KeyState before) {
        if (root.parts().isEmpty()) {
            return root;
        }
        Map<Part, SessionData> parts = new HashMap<>();
        before.parts().forEach((part, entry) -> {
            if (entry.data() != null) {
                parts.put(part, entry.data());
            }
        });
        parts.keySet().removeAll(removed);
        parts.putAll(written);
        return root.withParts(parts);
    }

    private static long newRevision() {
        return ThreadLocalRandom.current().nextLong(LoadedState.ABSENT + 1, Long.MAX_VALUE);
    }

    private static <T> Set<T> without(Set<T> all, Set<T> excluded) {
        if (all.isEmpty() || excluded.isEmpty()) {
            return all;
        }
        Set<T> rest = new HashSet<>(all);
        rest.removeAll(excluded);
        return rest;
    }
}
