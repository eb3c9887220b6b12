package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
 * One page of a type's sessions. If the filter limits an indexed property to some values, the index by property is read, and the
 * groups of sessions that were written without that property in the index. The caller checks the filter.
 */
final class KeyStateScan {

    /** A condition with more values costs more than it saves. */
    private static final int MAX_VALUES = 100;

    private final KeyStateStore store;
    private final SessionScan scan;
    private final @Nullable ScanPosition after;

    KeyStateScan(KeyStateStore store, SessionScan scan) {
        this.store = store;
        this.scan = scan;
        this.after = scan.after() == null ? null : ScanPosition.parse(scan.after());
    }

    CompletionStage<SessionScan.Reply> run() {
        Map<String, Set<String>> required = scan.requiredValues();
        if (required.containsValue(Set.of())) {
            return CompletableFuture.completedStage(new SessionScan.Reply(List.of(), List.of(), null, null));
        }
        return store.groups(Index.sessions(scan.finished()), scan.type())
                .thenCompose(groups -> AsyncLoops.all(ranges(groups, required), store::entries))
                .thenCompose(this::read);
    }

    private List<IndexRange> ranges(Collection<Group> groups, Map<String, Set<String>> required) {
        Map.@Nullable Entry<String, Set<String>> best = required.entrySet().stream()
                .filter(each -> each.getValue().size() <= MAX_VALUES)
                .min(Comparator.comparingInt(each -> each.getValue().size()))
                .orElse(null);
        List<IndexRange> ranges = new ArrayList<>();
        groups.stream()
                .filter(group -> best == null || !group.hasName(best.getKey()))
                .forEach(group -> ranges.add(range(Index.sessions(scan.finished()), group)));
        if (best != null) {
            best.getValue()
                    .forEach(value ->
                            ranges.add(range(Index.properties(scan.finished()), new Group(best.getKey(), value))));
        }
        return ranges;
    }

    private IndexRange range(Index index, Group group) {
        IndexEntry from = after == null
                ? IndexEntry.first(index, scan.type(), group)
                : IndexEntry.at(index, scan.type(), group, after);
        return new IndexRange(from, false, scan.limit());
    }

    private CompletionStage<SessionScan.Reply> read(List<List<IndexEntry>> found) {
        // A session that another process writes meanwhile may be in two groups.
        Set<IndexEntry> ordered = new TreeSet<>(IndexEntry::comparePosition);
        found.forEach(ordered::addAll);
        List<IndexEntry> entries = ordered.stream().limit(scan.limit()).toList();
        return store.loadAll(
                        entries.stream().map(IndexEntry::address).toList(),
                        scan.finished() ? Set.of(Part.FINISHED) : Set.of())
                .thenApply(loaded -> reply(entries, loaded));
    }

    private SessionScan.Reply reply(List<IndexEntry> entries, List<LoadedState> loaded) {
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
                    && session.startedAt() == entry.at()
                    && !session.deadline().isDue(found.now())) {
                items.add(new SessionScan.Item(entry.key(), session.session(), last));
            }
        }
        return new SessionScan.Reply(items, unreadable, entries.size() < scan.limit() ? null : last, scan.filter());
    }
}
