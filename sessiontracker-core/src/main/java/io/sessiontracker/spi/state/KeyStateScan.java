package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * One page of a type's sessions. If the filter limits indexed properties to some values, the index by property is read, and the
 * groups of sessions that were written without one of these properties in the index.
 */
final class KeyStateScan {

    private final KeyStateStore store;
    private final SessionScan scan;
    private final @Nullable ScanPosition after;

    KeyStateScan(KeyStateStore store, SessionScan scan) {
        this.store = store;
        this.scan = scan;
        this.after = scan.after() == null ? null : ScanPosition.parse(scan.after());
    }

    CompletionStage<SessionScan.Reply> run() {
        SessionFilter filter = scan.filter();
        Set<Group> cover = filter == null
                ? null
                : filter.accept(new IndexCover(scan.indexed())).orElse(null);
        if (cover != null && cover.isEmpty()) {
            return CompletableFuture.completedStage(new SessionScan.Reply(List.of(), List.of(), null, null));
        }
        return store.groups(Index.sessions(scan.finished()), scan.type()).thenCompose(groups -> {
            List<IndexRange> ranges = ranges(groups, cover);
            SessionFilter residual = ranges.stream().allMatch(store::appliesFilter) ? null : filter;
            return AsyncLoops.all(ranges, store::entries).thenCompose(found -> read(found, residual));
        });
    }

    private List<IndexRange> ranges(Collection<Group> groups, @Nullable Set<Group> cover) {
        List<IndexRange> ranges = new ArrayList<>();
        groups.stream()
                .filter(group -> cover == null || !hasNames(group, cover))
                .forEach(group -> ranges.add(range(Index.sessions(scan.finished()), group, group.names())));
        if (cover != null) {
            cover.forEach(value -> ranges.add(range(Index.properties(scan.finished()), value, names(groups, value))));
        }
        return ranges;
    }

    private static boolean hasNames(Group group, Set<Group> cover) {
        return cover.stream().allMatch(value -> group.hasName(value.property()));
    }

    /** Returns the properties that are indexed for each session with that value. */
    private static Set<String> names(Collection<Group> groups, Group value) {
        return groups.stream()
                .filter(group -> group.hasName(value.property()))
                .map(Group::names)
                .reduce((some, others) -> some.stream().filter(others::contains).collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private IndexRange range(Index index, Group group, Set<String> indexed) {
        IndexEntry begin = scan.newestFirst()
                ? IndexEntry.last(index, scan.type(), group)
                : IndexEntry.first(index, scan.type(), group);
        IndexEntry from = after == null ? begin : IndexEntry.at(index, scan.type(), group, after);
        return new IndexRange(from, false, scan.limit(), scan.filter(), indexed, scan.newestFirst());
    }

    private CompletionStage<SessionScan.Reply> read(List<List<IndexEntry>> found, @Nullable SessionFilter residual) {
        // A session that another process writes meanwhile may be in two groups.
        Set<IndexEntry> ordered =
                new TreeSet<>(scan.newestFirst() ? IndexEntry::compareNewestFirst : IndexEntry::comparePosition);
        found.forEach(ordered::addAll);
        List<IndexEntry> entries = ordered.stream().limit(scan.limit()).toList();
        return store.loadAll(
                        entries.stream().map(IndexEntry::address).toList(),
                        scan.finished() ? Set.of(Part.FINISHED) : Set.of())
                .thenApply(loaded -> reply(entries, loaded, residual));
    }

    private SessionScan.Reply reply(
            List<IndexEntry> entries, List<LoadedState> loaded, @Nullable SessionFilter residual) {
        List<SessionScan.Item> items = new ArrayList<>();
        List<SessionScan.Unreadable> unreadable = new ArrayList<>();
        String last = null;
        for (int i = 0; i < entries.size(); i++) {
            IndexEntry entry = entries.get(i);
            LoadedState found = loaded.get(i);
            SessionEntry session =
                    scan.finished() ? found.state().finished() : found.state().running();
            last = new ScanPosition(entry.bucket(), entry.at(), entry.key()).cursor();
            if (found.failure() != null) {
                unreadable.add(new SessionScan.Unreadable(entry.key(), found.failure()));
            } else if (session != null
                    && session.isIndexed()
                    && session.startedAt() == entry.at()
                    && !session.deadline().isDue(found.now())) {
                items.add(new SessionScan.Item(entry.key(), session.session(), last));
            }
        }
        return new SessionScan.Reply(items, unreadable, entries.size() < scan.limit() ? null : last, residual);
    }
}
