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

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;

/** All that a store without logic of its own needs: maps with revisions. To make conflicts, it sometimes refuses a swap. */
public final class MapKeyStateStore implements KeyStateStore {

    private final Clock clock;
    private final SplittableRandom chance = new SplittableRandom(1);
    private final Map<SessionAddress, Root> roots = new HashMap<>();
    private final Map<SessionAddress, Map<Part, SessionData>> parts = new HashMap<>();
    private final NavigableSet<IndexEntry> entries = new TreeSet<>();
    private String lockProvider = "";
    private long lockProviderUntil;

    /** Creates an empty store that goes by this clock. */
    public MapKeyStateStore(Clock clock) {
        this.clock = clock;
    }

    private record Root(KeyState state, long revision) {}

    @Override
    public StoreDescription description() {
        return StoreDescription.DEFAULT.withBlocking();
    }

    @Override
    public synchronized CompletionStage<LoadedState> load(SessionAddress address, Set<Part> needed) {
        Root root = roots.getOrDefault(address, new Root(KeyState.EMPTY, LoadedState.ABSENT));
        Map<Part, SessionData> loaded = parts.getOrDefault(address, Map.of()).entrySet().stream()
                .filter(part -> needed.contains(part.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return done(new LoadedState(root.state().withParts(loaded), root.revision(), clock.millis()));
    }

    @Override
    public synchronized CompletionStage<Boolean> swap(SessionAddress address, long revision, KeyStateChanges changes) {
        Root stored = roots.getOrDefault(address, new Root(KeyState.EMPTY, LoadedState.ABSENT));
        if (stored.revision() != revision || chance.nextInt(8) == 0) {
            return done(false);
        }
        if (changes.root().isEmpty()) {
            roots.remove(address);
        } else {
            roots.put(address, new Root(changes.root(), changes.revision()));
        }
        Map<Part, SessionData> data = parts.computeIfAbsent(address, none -> new HashMap<>());
        data.keySet().removeAll(changes.removed());
        data.putAll(changes.written());
        if (data.isEmpty()) {
            parts.remove(address);
        }
        entries.removeAll(changes.removedEntries());
        entries.addAll(changes.added());
        return done(true);
    }

    @Override
    public synchronized CompletionStage<List<IndexEntry>> entries(IndexRange range) {
        long now = clock.millis();
        return done(entries.tailSet(range.after(), false).stream()
                .takeWhile(entry -> range.contains(entry, now))
                .limit(range.limit())
                .toList());
    }

    @Override
    public synchronized CompletionStage<Long> count(Index index, String type) {
        long now = clock.millis();
        return done(entries.stream()
                .filter(entry -> entry.index() == index && entry.type().equals(type) && entry.at() > now)
                .count());
    }

    @Override
    public synchronized CompletionStage<Set<Group>> groups(Index index, String type) {
        return done(entries.stream()
                .filter(entry -> entry.index() == index && entry.type().equals(type))
                .map(IndexEntry::group)
                .collect(Collectors.toSet()));
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
        return roots.isEmpty() && parts.isEmpty() && entries.isEmpty();
    }

    private static <T> CompletionStage<T> done(T answer) {
        return CompletableFuture.completedStage(answer);
    }
}
