package io.sessiontracker.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStep;
import io.sessiontracker.spi.state.KeyStateStore;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/**
 * The states of keys in a map, and their index entries in a sorted set. A state is kept in one piece, and dropped when nothing of it
 * is needed any more. Steps on a key are taken one at a time, so that none has to be repeated.
 */
final class InMemoryKeyStateStore implements KeyStateStore {

    private static final int STRIPES = 256;

    private final Clock clock;
    private final Cache<SessionAddress, Revision> states;
    private final Map<Index, NavigableSet<IndexEntry>> indexes = new EnumMap<>(Index.class);
    private final ConcurrentMap<String, Set<Group>> groups = new ConcurrentHashMap<>();
    private final List<Object> stripes =
            IntStream.range(0, STRIPES).mapToObj(stripe -> new Object()).toList();
    private @Nullable Recorded lockProvider;

    InMemoryKeyStateStore(Clock clock) {
        this.clock = clock;
        for (Index index : Index.values()) {
            indexes.put(index, new ConcurrentSkipListSet<>());
        }
        KeyStateExpiration expiration = new KeyStateExpiration(clock);
        this.states = Caffeine.newBuilder()
                .expireAfter(expiration)
                .ticker(expiration)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .evictionListener(this::evicted)
                .build();
    }

    /** A state, whole, and its revision. */
    record Revision(KeyState state, long number) {}

    private record Recorded(String name, long until) {}

    @Override
    public StoreDescription description() {
        return StoreDescription.DEFAULT;
    }

    @Override
    public <R> CompletionStage<R> take(KeyStateStep<R> step) {
        int hash = step.address().hashCode();
        synchronized (stripes.get((hash ^ hash >>> 16) & STRIPES - 1)) {
            return KeyStateStore.super.take(step);
        }
    }

    @Override
    public CompletionStage<LoadedState> load(SessionAddress address, Set<Part> parts) {
        Revision stored = states.asMap().get(address);
        long now = clock.millis();
        return CompletableFuture.completedFuture(
                stored == null ? LoadedState.absent(now) : new LoadedState(stored.state(), stored.number(), now));
    }

    @Override
    public CompletionStage<SwapReply> swap(SessionAddress address, long revision, KeyStateChanges changes) {
        boolean[] swapped = {false};
        states.asMap().compute(address, (key, stored) -> {
            if ((stored == null ? LoadedState.ABSENT : stored.number()) != revision) {
                return stored;
            }
            swapped[0] = true;
            index(changes);
            KeyState next = changes.applyTo(stored == null ? KeyState.EMPTY : stored.state());
            return next.isEmpty() ? null : new Revision(next, changes.revision());
        });
        return CompletableFuture.completedFuture(SwapReply.of(swapped[0]));
    }

    private void index(KeyStateChanges changes) {
        changes.removedEntries().forEach(entry -> index(entry.index()).remove(entry));
        for (IndexEntry entry : changes.added()) {
            if (entry.index() == Index.RUNNING || entry.index() == Index.FINISHED) {
                groups.computeIfAbsent(entry.type(), type -> ConcurrentHashMap.newKeySet())
                        .add(entry.group());
            }
            // The map drops what has expired by itself.
            if (entry.index() != Index.CLEAN_UP) {
                index(entry.index()).add(entry);
            }
        }
    }

    private void evicted(@Nullable SessionAddress address, @Nullable Revision last, RemovalCause cause) {
        if (address != null && last != null) {
            IndexEntry.of(address, last.state())
                    .forEach(entry -> index(entry.index()).remove(entry));
        }
    }

    @Override
    public CompletionStage<List<IndexEntry>> entries(IndexRange range) {
        long now = clock.millis();
        NavigableSet<IndexEntry> entries = index(range.after().index());
        if (range.newestFirst()) {
            return CompletableFuture.completedFuture(newest(entries, range));
        }
        return CompletableFuture.completedFuture(entries.tailSet(range.after(), false).stream()
                .takeWhile(entry -> range.contains(entry, now))
                .limit(range.limit())
                .toList());
    }

    /** Goes through all entries of the group, as they are by bucket. */
    private static List<IndexEntry> newest(NavigableSet<IndexEntry> entries, IndexRange range) {
        return entries.tailSet(range.first(), false).stream()
                .takeWhile(entry -> range.contains(entry, Long.MAX_VALUE))
                .filter(entry -> IndexEntry.compareNewestFirst(range.after(), entry) < 0)
                .sorted(IndexEntry::compareNewestFirst)
                .limit(range.limit())
                .toList();
    }

    /** Keeps those that have no entries any more: they are as few as an application's settings of a type. */
    @Override
    public CompletionStage<Collection<Group>> groups(Index index, String type) {
        return CompletableFuture.completedFuture(groups.getOrDefault(type, Set.of()));
    }

    @Override
    public CompletionStage<Long> count(Index index, String type) {
        long now = clock.millis();
        IndexEntry last = new IndexEntry(index, type, Group.NONE, 0, now, Character.toString(Character.MAX_CODE_POINT));
        return CompletableFuture.completedFuture(index(index).tailSet(last, false).stream()
                .takeWhile(entry -> entry.type().equals(type))
                .filter(entry -> entry.at() > now)
                .count());
    }

    private NavigableSet<IndexEntry> index(Index index) {
        return Objects.requireNonNull(indexes.get(index));
    }

    @Override
    public synchronized CompletionStage<String> recordLockProvider(String name, Duration lease) {
        long now = clock.millis();
        Recorded current = lockProvider;
        if (current == null || current.until() <= now || current.name().equals(name)) {
            current = new Recorded(name, now + Durations.millis(lease));
            lockProvider = current;
        }
        return CompletableFuture.completedFuture(current.name());
    }

    /** Drops what has expired. */
    void cleanUp() {
        states.cleanUp();
    }

    /** Returns how many addresses have any data. */
    long size() {
        return states.estimatedSize();
    }
}
