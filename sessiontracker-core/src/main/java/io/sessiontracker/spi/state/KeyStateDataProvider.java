package io.sessiontracker.spi.state;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionOwner;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.KeyStateTransitions.Outcome;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * A store of sessions over a {@link KeyStateStore}. Every call loads a key's state, applies the pure transition, and swaps the
 * result for it; a read that changes nothing writes nothing. After a conflict with another caller it tries again, at first without
 * and then after a random pause below 1, 2, 4, … 128 ms, and fails with a {@link io.sessiontracker.SessionStoreException} after 32 conflicts.
 *
 * <p>A subclass may override a method that its store can do in fewer steps: it is held to the same contract.
 */
public class KeyStateDataProvider implements SessionDataProvider {

    private static final int MAX_UNREADABLE = 1_000;

    private final KeyStateStore store;
    /** How often each session was due and could not be read. */
    private final Map<SessionAddress, Integer> unreadable = new ConcurrentHashMap<>();

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
        return changeOwn(
                address,
                Set.of(),
                check -> check.isOthersForStart(token),
                state -> state.start(ids, data, stored(lifetimes), token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return changeOwn(address, Set.of(), OwnerCheck::isOthersRunningFirst, state -> state.get(touch));
    }

    /** Loads all at once. What is to be touched is loaded again with that. */
    @Override
    public CompletionStage<List<StoreReply>> getAll(List<SessionAddress> addresses, Lifetimes lifetimesHint) {
        List<SessionAddress> keys =
                addresses.stream().map(SessionAddress::anyOwners).toList();
        return call(() -> store.loadAll(keys, Set.of()))
                .thenCompose(loaded -> AsyncLoops.all(IntStream.range(0, addresses.size())
                        .mapToObj(i -> read(addresses.get(i), loaded.get(i), lifetimesHint))
                        .toList()));
    }

    private CompletionStage<StoreReply> read(SessionAddress address, LoadedState loaded, Lifetimes lifetimesHint) {
        KeyStateStep<StoreReply> read = new KeyStateStep<>(
                address.anyOwners(),
                Set.of(),
                false,
                ofOwner(address, OwnerCheck::isOthersRunningFirst, state -> state.get(true)));
        return loaded.failure() == null && read.applyTo(loaded) && read.changes() == null
                ? CompletableFuture.completedStage(read.reply())
                : get(address, true, lifetimesHint);
    }

    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return changeOwn(
                address, Set.of(), OwnerCheck::isOthersRunningFirst, state -> state.getIfChanged(known, write, touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return changeOwn(
                address, Set.of(Part.FINISHED), OwnerCheck::isOthersFinishedFirst, KeyStateTransitions::getFinished);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return changeOwn(address, Set.of(), OwnerCheck::isOthersRunningFirst, KeyStateTransitions::touch);
    }

    @Override
    public CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return changeOwn(address, Set.of(), OwnerCheck::isOthersRunningFirst, state -> state.expiry(id));
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return changeOwn(
                address, Set.of(), OwnerCheck::isOthersRunningFirst, state -> state.expire(id, stored(lifetimes)));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return change(address.anyOwners(), Set.of(), state -> state.update(expected, write, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return changeOwn(
                address,
                Set.of(),
                check -> !check.isRepeated(token) && check.isOthersRunningFirst(),
                state -> state.finish(expected, stored(lifetimes), token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return changeOwn(
                address,
                Set.of(Part.FINISHED),
                check -> !check.isRepeated(token) && check.isOthersFinishedFirst(),
                state -> state.resume(expected, stored(lifetimes), token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return changeOwn(
                address,
                Set.of(),
                check -> !check.isRepeated(token) && check.deletable(states) == null,
                state -> state.delete(deletable(address, state, states), expected, token, returnSession));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return call(() -> new KeyStateScan(store, scan).run());
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return new KeyStateCount(store, type, finished).run();
    }

    /** Claims or removes all that is due; there is no work that processes would share. */
    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        if (unreadable.size() > MAX_UNREADABLE) {
            unreadable.clear();
        }
        return new KeyStateSweep(store, sweep, unreadable).run();
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return change(address, Set.of(), state -> state.delivery().acknowledgeExpired(id))
                .thenApply(removed -> null);
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        return AsyncLoops.all(
                        List.copyOf(delivered), each -> acknowledgeReminder(new SessionAddress(type, each.key()), each))
                .thenApply(acknowledged -> null);
    }

    private CompletionStage<Boolean> acknowledgeReminder(SessionAddress address, SessionSweep.Claimed delivered) {
        String id = delivered.session().version().id();
        String name = Objects.requireNonNull(delivered.reminder(), "An expired session is no reminder");
        return change(address, Set.of(), state -> state.delivery().acknowledgeReminder(id, name, delivered.dueAt()));
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        return call(() -> store.recordLockProvider(name, lease));
    }

    /** Returns the lifetimes to store: by default those asked for. A store that touches at every read may leave out the tolerance. */
    protected Lifetimes stored(Lifetimes lifetimes) {
        return lifetimes;
    }

    private static SessionStates deletable(SessionAddress address, KeyStateTransitions state, SessionStates states) {
        SessionOwner owner = address.owner();
        SessionStates own = owner == null ? states : new OwnerCheck(state.state(), owner).deletable(states);
        return Objects.requireNonNullElse(own, states);
    }

    /** Takes a step unless it finds another owner's session. */
    private CompletionStage<StoreReply> changeOwn(
            SessionAddress address,
            Set<Part> parts,
            Predicate<OwnerCheck> isOthers,
            Function<KeyStateTransitions, Outcome<StoreReply>> transition) {
        return change(address.anyOwners(), parts, ofOwner(address, isOthers, transition));
    }

    private static Function<KeyStateTransitions, Outcome<StoreReply>> ofOwner(
            SessionAddress address,
            Predicate<OwnerCheck> isOthers,
            Function<KeyStateTransitions, Outcome<StoreReply>> transition) {
        SessionOwner owner = address.owner();
        return owner == null
                ? transition
                : state -> isOthers.test(new OwnerCheck(state.state(), owner))
                        ? new Outcome<>(state.state(), new StoreReply.OtherOwner())
                        : transition.apply(state);
    }

    private <R> CompletionStage<R> change(
            SessionAddress address, Set<Part> parts, Function<KeyStateTransitions, Outcome<R>> transition) {
        return call(() -> store.take(new KeyStateStep<>(address, parts, false, transition)));
    }

    /** A store may throw. */
    static <R> CompletionStage<R> call(Supplier<CompletionStage<R>> call) {
        try {
            return call.get();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedStage(failed);
        }
    }
}
