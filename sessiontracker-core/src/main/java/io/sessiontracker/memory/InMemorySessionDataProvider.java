package io.sessiontracker.memory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.sessiontracker.memory.SessionIndexEntry.Kind;
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
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyStateTransitions;
import io.sessiontracker.spi.state.Outcome;
import io.sessiontracker.spi.state.SessionEntry;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in this process's memory, until it ends. Each instance is a namespace of its own.
 *
 * <p>Every call is atomic for its address, and its stage is complete when it returns. A session that is due is gone at once; its
 * data are dropped when the retention is over, without a sweep. Neither the store nor its callers ever change a payload after
 * it was passed, so none is copied.
 *
 * <p>Applies the {@linkplain KeyStateTransitions transitions} itself, one caller at a time at an address, rather than through a
 * {@link io.sessiontracker.spi.state.KeyStateStore}: so no call ever has to be repeated or to wait, and a touch changes no index.
 *
 * <p>Safe for any number of threads. It owns no thread and need not be closed.
 */
public final class InMemorySessionDataProvider implements SessionDataProvider {

    private final Clock clock;
    private final Cache<SessionAddress, KeyState> states;
    private final SessionIndex index = new SessionIndex();

    /** Creates a store whose clock is the system's. */
    public InMemorySessionDataProvider() {
        this(Clock.systemUTC());
    }

    /**
     * Creates a store with that clock, which decides every deadline.
     *
     * @param clock in a test, one that can be set; it must never go back
     */
    public InMemorySessionDataProvider(Clock clock) {
        this.clock = clock;
        KeyStateExpiration expiry = new KeyStateExpiration(clock);
        this.states = Caffeine.newBuilder()
                .expireAfter(expiry)
                .ticker(expiry)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .evictionListener(this::evicted)
                .build();
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return step(address, state -> state.start(ids, data.withoutIndex(), lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return step(address, state -> state.get(touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return step(address, KeyStateTransitions::getFinished);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return step(address, KeyStateTransitions::touch);
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return step(address, state -> state.update(expected, data.withoutIndex(), token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return step(address, state -> state.finish(expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return step(address, state -> state.resume(expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return step(address, state -> state.delete(states, expected, token, returnSession));
    }

    /** Reads each session of the type; a clause has nothing to make it faster. */
    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        Kind kind = kind(scan.finished());
        String after = scan.after();
        SessionIndexEntry from = after == null
                ? SessionIndexEntry.first(scan.type(), kind)
                : SessionIndexEntry.at(scan.type(), kind, ScanPosition.parse(after));
        List<SessionScan.Item> items = new ArrayList<>();
        for (SessionIndexEntry entry : index.after(from)) {
            SessionEntry session = living(entry);
            if (session != null && items.size() == scan.limit()) {
                String next = items.get(items.size() - 1).cursor();
                return CompletableFuture.completedStage(new SessionScan.Reply(items, next));
            }
            if (session != null) {
                items.add(entry.item(session.session()));
            }
        }
        return CompletableFuture.completedStage(new SessionScan.Reply(items, null));
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        long count = 0;
        for (SessionIndexEntry entry : index.after(SessionIndexEntry.first(type, kind(finished)))) {
            count += living(entry) == null ? 0 : 1;
        }
        return CompletableFuture.completedStage(count);
    }

    private static Kind kind(boolean finished) {
        return finished ? Kind.FINISHED : Kind.RUNNING;
    }

    private @Nullable SessionEntry living(SessionIndexEntry entry) {
        KeyState state = states.asMap().get(entry.address());
        if (state == null) {
            return null;
        }
        SessionEntry session = entry.kind() == Kind.FINISHED ? state.finished() : state.running();
        return session != null
                        && session.startedAt() == entry.startedAt()
                        && !session.deadline().isDue(clock.millis())
                ? session
                : null;
    }

    /** Does all the work: no other process could share it. A repair has nothing to do. */
    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        List<SessionSweep.Expired> claimed = new ArrayList<>();
        if (sweep.claim() > 0) {
            expireRunning(sweep.type());
            for (SessionIndexEntry entry : index.after(SessionIndexEntry.first(sweep.type(), Kind.EXPIRED))) {
                if (claimed.size() == sweep.claim()) {
                    return CompletableFuture.completedStage(new SessionSweep.Reply(claimed, true));
                }
                SessionAddress address = entry.address();
                int limit = sweep.claim() - claimed.size();
                claimed.addAll(change(address, state -> state.claim(address.key(), limit, sweep.leaseMillis())));
            }
        }
        // The last key may have had more expired sessions than there was room for.
        boolean more = sweep.claim() > 0 && claimed.size() == sweep.claim();
        return CompletableFuture.completedStage(new SessionSweep.Reply(claimed, more));
    }

    /** Any step on a state puts a running session that is due among the expired ones. */
    private void expireRunning(String type) {
        for (SessionIndexEntry entry : index.after(SessionIndexEntry.first(type, Kind.RUNNING))) {
            if (living(entry) == null) {
                var unused = change(entry.address(), state -> new Outcome<>(state.state(), true));
            }
        }
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        var unused = change(address, state -> state.acknowledgeExpired(id));
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<StoreReply> step(
            SessionAddress address, Function<KeyStateTransitions, Outcome<StoreReply>> transition) {
        return CompletableFuture.completedFuture(change(address, transition));
    }

    private <R> R change(SessionAddress address, Function<KeyStateTransitions, Outcome<R>> transition) {
        AtomicReference<@Nullable R> reply = new AtomicReference<>();
        // The time is read within the step, so that it never goes back between two steps on an address.
        states.asMap().compute(address, (key, stored) -> {
            long now = clock.millis();
            KeyState state = stored == null ? KeyState.EMPTY : stored.prune(now);
            Outcome<R> outcome = transition.apply(new KeyStateTransitions(state, now));
            reply.setPlain(outcome.reply());
            KeyState next = outcome.state().prune(now);
            @Nullable KeyState kept = next.isEmpty() ? null : next;
            index.replace(address, stored, kept);
            return kept;
        });
        return Objects.requireNonNull(reply.getPlain());
    }

    private void evicted(@Nullable SessionAddress address, @Nullable KeyState state, RemovalCause cause) {
        if (address != null) {
            index.replace(address, state, null);
        }
    }

    /** Returns how many addresses have any data, after outdated ones were dropped. */
    long size() {
        states.cleanUp();
        return estimatedSize();
    }

    /** Returns how many addresses have any data. */
    long estimatedSize() {
        return states.estimatedSize();
    }
}
