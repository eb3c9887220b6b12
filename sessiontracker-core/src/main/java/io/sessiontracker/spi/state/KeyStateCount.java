package io.sessiontracker.spi.state;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.support.AsyncLoops;

/**
 * Counts a type's sessions by their deadlines. Those whose entry is later live; each of the others is loaded, as it may have been
 * touched since.
 */
final class KeyStateCount {

    private static final int BATCH = 100;

    private final KeyStateStore store;
    private final String type;
    private final boolean finished;
    private IndexRange range;
    private long touched;

    KeyStateCount(KeyStateStore store, String type, boolean finished) {
        this.store = store;
        this.type = type;
        this.finished = finished;
        this.range = IndexRange.due(Index.deadlines(finished), type, BATCH);
    }

    CompletionStage<Long> run() {
        return AsyncLoops.repeat(() -> store.entries(range).thenCompose(this::load))
                .thenCompose(nothing -> store.count(Index.deadlines(finished), type))
                .thenApply(later -> later + touched);
    }

    private CompletionStage<Boolean> load(List<IndexEntry> entries) {
        return store.loadAll(entries.stream().map(IndexEntry::address).toList(), Set.of())
                .thenApply(loaded -> {
                    touched += loaded.stream().filter(this::lives).count();
                    if (entries.size() < BATCH) {
                        return false;
                    }
                    range = range.next(entries.get(entries.size() - 1));
                    return true;
                });
    }

    private boolean lives(LoadedState loaded) {
        SessionEntry session =
                finished ? loaded.state().finished() : loaded.state().running();
        return session != null && session.isIndexed() && !session.deadline().isDue(loaded.now());
    }
}
