package io.sessiontracker.spi.state;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;

/** All that a store without logic of its own needs: maps with revisions. To make conflicts, it sometimes refuses a swap. */
public class MapKeyStateStore implements KeyStateStore {

    private static final Row ABSENT = new Row(KeyState.EMPTY, LoadedState.ABSENT, Map.of());

    private final Clock clock;
    private final SplittableRandom chance = new SplittableRandom(1);
    private final Map<SessionAddress, Row> rows = new HashMap<>();
    private final NavigableSet<IndexEntry> entries = new TreeSet<>();
    private String lockProvider = "";
    private long lockProviderUntil;

    /** Creates an empty store that goes by this clock. */
    public MapKeyStateStore(Clock clock) {
        this.clock = clock;
    }

    private record Row(KeyState root, long revision, Map<Part, SessionData> parts) {
        boolean isEmpty() {
            return root.isEmpty() && parts.isEmpty();
        }
    }

    @Override
    public StoreDescription description() {
        return StoreDescription.DEFAULT.withBlocking();
    }

    @Override
    public synchronized CompletionStage<LoadedState> load(SessionAddress address, Set<Part> needed) {
        Row row = rows.getOrDefault(address, ABSENT);
        Map<Part, SessionData> loaded = new HashMap<>(row.parts());
        loaded.keySet().retainAll(needed);
        return done(new LoadedState(row.root().withParts(loaded), row.revision(), clock.millis()));
    }

    @Override
    public synchronized CompletionStage<SwapReply> swap(
            SessionAddress address, long revision, KeyStateChanges changes) {
        Row stored = rows.getOrDefault(address, ABSENT);
        if (stored.revision() != revision || chance.nextInt(8) == 0) {
            return done(SwapReply.REFUSED);
        }
        Map<Part, SessionData> parts = new HashMap<>(stored.parts());
        parts.keySet().removeAll(changes.removed());
        parts.putAll(changes.written());
        Row next = new Row(changes.root(), changes.revision(), parts);
        rows.compute(address, (same, replaced) -> next.isEmpty() ? null : next);
        entries.removeAll(changes.removedEntries());
        entries.addAll(changes.added());
        return done(SwapReply.DONE);
    }

    @Override
    public synchronized CompletionStage<List<IndexEntry>> entries(IndexRange range) {
        long now = clock.millis();
        if (range.newestFirst()) {
            return done(entries(range.after().index(), range.after().type())
                    .filter(entry -> entry.group().equals(range.after().group()))
                    .sorted(IndexEntry::compareNewestFirst)
                    .filter(entry -> IndexEntry.compareNewestFirst(entry, range.after()) > 0)
                    .limit(range.limit())
                    .toList());
        }
        return done(entries.tailSet(range.after(), false).stream()
                .takeWhile(entry -> range.contains(entry, now))
                .limit(range.limit())
                .toList());
    }

    @Override
    public synchronized CompletionStage<Long> count(Index index, String type) {
        return done(entries(index, type)
                .filter(entry -> entry.at() > clock.millis())
                .count());
    }

    @Override
    public synchronized CompletionStage<Set<Group>> groups(Index index, String type) {
        return done(entries(index, type).map(IndexEntry::group).collect(Collectors.toSet()));
    }

    private Stream<IndexEntry> entries(Index index, String type) {
        return entries.stream()
                .filter(entry -> entry.index() == index && entry.type().equals(type));
    }

    @Override
    public synchronized CompletionStage<String> recordLockProvider(String name, Duration lease) {
        if (lockProviderUntil <= clock.millis() || name.equals(lockProvider)) {
            lockProvider = name;
            lockProviderUntil = clock.millis() + lease.toMillis();
        }
        return done(lockProvider);
    }

    /** Returns whether nothing is stored at all. */
    public synchronized boolean isEmpty() {
        return rows.isEmpty() && entries.isEmpty();
    }

    private static <T> CompletionStage<T> done(T answer) {
        return CompletableFuture.completedStage(answer);
    }
}
