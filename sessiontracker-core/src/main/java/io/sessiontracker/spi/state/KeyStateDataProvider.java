package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * A store of sessions over a {@link KeyStateStore}. Every call loads a key's state, applies the pure transition, and swaps the
 * result for it; a read that changes nothing writes nothing. After a conflict with another caller it tries again, after a random
 * pause below 1, 2, 4, … 128 ms, and fails with a {@link io.sessiontracker.SessionStoreException} after 32 conflicts.
 *
 * <p>A subclass may override a method that its store can do in fewer steps: it is held to the same contract.
 */
public class KeyStateDataProvider implements SessionDataProvider {

    private final KeyStateStore store;

    /** Creates a provider over that store. */
    public KeyStateDataProvider(KeyStateStore store) {
        this.store = store;
    }

    @Override
    public StoreDescription description() {
        return store.description();
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return change(
                address, Set.of(), state -> state.start(ids, data.withoutIndex(), lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return change(address, Set.of(), state -> state.get(touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return change(address, Set.of(Part.FINISHED), KeyStateTransitions::getFinished);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return change(address, Set.of(), KeyStateTransitions::touch);
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return change(address, Set.of(), state -> state.update(expected, data.withoutIndex(), token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return change(address, Set.of(), state -> state.finish(expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return change(address, Set.of(Part.FINISHED), state -> state.resume(expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return change(address, Set.of(), state -> state.delete(states, expected, token, returnSession));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        Index index = Index.sessions(scan.finished());
        Set<Part> parts = scan.finished() ? Set.of(Part.FINISHED) : Set.of();
        return call(() -> store.entries(new IndexRange(after(index, scan), false, scan.limit()))
                .thenCompose(entries -> store.loadAll(
                                entries.stream().map(IndexEntry::address).toList(), parts)
                        .thenApply(loaded -> reply(scan, entries, loaded))));
    }

    private static IndexEntry after(Index index, SessionScan scan) {
        if (scan.after() == null) {
            return IndexEntry.first(index, scan.type());
        }
        ScanPosition position = ScanPosition.parse(scan.after());
        return new IndexEntry(index, scan.type(), position.bucket(), position.startedAt(), position.key());
    }

    private static SessionScan.Reply reply(SessionScan scan, List<IndexEntry> entries, List<LoadedState> loaded) {
        List<SessionScan.Item> items = new ArrayList<>();
        String last = null;
        for (int i = 0; i < entries.size(); i++) {
            IndexEntry entry = entries.get(i);
            KeyState state = loaded.get(i).state();
            SessionEntry session = scan.finished() ? state.finished() : state.running();
            last = new ScanPosition(entry.bucket(), entry.at(), entry.key()).cursor();
            if (session != null
                    && session.startedAt() == entry.at()
                    && !session.deadline().isDue(loaded.get(i).now())) {
                items.add(new SessionScan.Item(entry.key(), session.session(), last));
            }
        }
        return new SessionScan.Reply(items, entries.size() < scan.limit() ? null : last);
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return call(() -> store.count(Index.deadlines(finished), type));
    }

    /** Claims or removes all that is due; there is no work that processes would share. */
    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return new KeyStateSweep(store, sweep).run();
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return change(address, Set.of(), state -> state.acknowledgeExpired(id)).thenApply(removed -> null);
    }

    private <R> CompletionStage<R> change(
            SessionAddress address, Set<Part> parts, Function<KeyStateTransitions, Outcome<R>> transition) {
        return new KeyStateUpdater<>(store, address, parts, false, transition).run();
    }

    /** A store may throw. */
    private static <R> CompletionStage<R> call(Supplier<CompletionStage<R>> call) {
        try {
            return call.get();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedStage(failed);
        }
    }
}
