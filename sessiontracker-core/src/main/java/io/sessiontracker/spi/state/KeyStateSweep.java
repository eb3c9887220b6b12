package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;
import io.sessiontracker.spi.state.KeyStateTransitions.Outcome;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/** One sweep over the due entries of a type's indexes: claims expired sessions, or removes what is no longer needed. */
final class KeyStateSweep {

    /** How many index entries are read at once. */
    private static final int BATCH = 100;

    private final KeyStateStore store;
    private final SessionSweep sweep;
    private final Map<SessionAddress, Integer> attempts;
    private final List<SessionSweep.Claimed> claimed = new ArrayList<>();
    private final List<SessionSweep.Unreadable> unreadable = new ArrayList<>();

    /** @param attempts how often each session was found unreadable; noted in this process only, as it is not to be written */
    KeyStateSweep(KeyStateStore store, SessionSweep sweep, Map<SessionAddress, Integer> attempts) {
        this.store = store;
        this.sweep = sweep;
        this.attempts = attempts;
    }

    CompletionStage<SessionSweep.Reply> run() {
        // The last key may have had more than there was room for.
        return forEach(indexes(), this::go)
                .thenApply(nothing -> new SessionSweep.Reply(claimed, unreadable, sweep.claim() > 0 && isFull(), null));
    }

    private List<Index> indexes() {
        if (sweep.claim() == 0) {
            return List.of(Index.RUNNING_DEADLINE, Index.FINISHED_DEADLINE, Index.CLEAN_UP);
        }
        return sweep.reminders() ? List.of(Index.REMINDER) : List.of(Index.RUNNING_DEADLINE, Index.CLAIM);
    }

    private static <T> CompletionStage<?> forEach(List<T> all, Function<T, ? extends CompletionStage<?>> step) {
        Iterator<T> rest = all.iterator();
        return AsyncLoops.repeat(() -> rest.hasNext()
                ? step.apply(rest.next()).thenApply(nothing -> true)
                : CompletableFuture.completedStage(false));
    }

    private boolean isFull() {
        return claimed.size() == sweep.claim();
    }

    private CompletionStage<?> go(Index index) {
        IndexRange[] range = {IndexRange.due(index, sweep.type(), BATCH)};
        return AsyncLoops.repeat(() -> store.entries(range[0])
                .thenCompose(entries -> forEach(entries, this::visit).thenApply(nothing -> {
                    if (entries.size() < BATCH || (sweep.claim() > 0 && isFull())) {
                        return false;
                    }
                    range[0] = range[0].next(entries.get(entries.size() - 1));
                    return true;
                })));
    }

    private CompletionStage<?> visit(IndexEntry entry) {
        if (sweep.claim() == 0) {
            return change(entry, transitions -> new Outcome<>(transitions.state(), List.of()));
        }
        return isFull()
                ? CompletableFuture.completedStage(null)
                : change(entry, transitions -> claim(transitions.delivery(), entry.key()));
    }

    private Outcome<List<SessionSweep.Claimed>> claim(DeliveryTransitions delivery, String key) {
        int room = sweep.claim() - claimed.size();
        return sweep.reminders()
                ? delivery.claimReminders(key, room, sweep.leaseMillis())
                : delivery.claim(key, room, sweep.leaseMillis());
    }

    private CompletionStage<?> change(
            IndexEntry entry, Function<KeyStateTransitions, Outcome<List<SessionSweep.Claimed>>> transition) {
        KeyStateStep<List<SessionSweep.Claimed>> step = new KeyStateStep<>(entry.address(), Set.of(), true, transition);
        return KeyStateDataProvider.call(() -> store.take(step))
                .handle((expired, failure) -> end(step, expired, failure));
    }

    /** A session that cannot be read holds up no other. */
    private boolean end(
            KeyStateStep<List<SessionSweep.Claimed>> step,
            @Nullable List<SessionSweep.Claimed> expired,
            @Nullable Throwable failure) {
        SessionStoreException cause = step.unreadable();
        if (cause != null) {
            int attempt = attempts.merge(step.address(), 1, Integer::sum);
            unreadable.add(new SessionSweep.Unreadable(step.address().key(), attempt, cause));
        } else if (expired == null) {
            throw new CompletionException(failure);
        } else {
            claimed.addAll(expired);
        }
        return true;
    }
}
