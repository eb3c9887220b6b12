package io.sessiontracker.memory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
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
import org.jspecify.annotations.Nullable;

/**
 * Sessions in this process's memory, until it ends. Each instance is a namespace of its own.
 *
 * <p>Every call is atomic for its address, and its stage is complete when it returns. What is due is gone at once; its data
 * go when the retention is over, without anybody asking for them. Neither the store nor its callers ever change a payload
 * that was handed over, so none is copied.
 *
 * <p>Safe for any number of threads. It owns no thread and need not be closed.
 */
public final class InMemorySessionDataProvider implements SessionDataProvider {

    private final Clock clock;
    private final Cache<SessionAddress, KeyState> slots;
    private final SessionIndex places = new SessionIndex();

    /** A store whose clock is the system's. */
    public InMemorySessionDataProvider() {
        this(Clock.systemUTC());
    }

    /**
     * A store with that clock, which decides every deadline.
     *
     * @param clock in a test, one that can be set; it must never go back
     */
    public InMemorySessionDataProvider(Clock clock) {
        this.clock = clock;
        KeyStateExpiration expiry = new KeyStateExpiration(clock);
        this.slots = Caffeine.newBuilder()
                .expireAfter(expiry)
                .ticker(expiry)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .evictionListener(this::drop)
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
        return step(address, slot -> slot.start(ids, data.withoutIndex(), lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return step(address, slot -> slot.get(touch));
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
        return step(address, slot -> slot.update(expected, data.withoutIndex(), token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return step(address, slot -> slot.finish(expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return step(address, slot -> slot.resume(expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates copies,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return step(address, slot -> slot.delete(copies, expected, token, returnSession));
    }

    /** Looks at each session of the walk; a clause has nothing to make it faster. */
    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        SessionIndexEntry.Kind kind = kind(scan.finished());
        String after = scan.after();
        SessionIndexEntry from = after == null
                ? SessionIndexEntry.first(scan.type(), kind)
                : SessionIndexEntry.at(scan.type(), kind, ScanPosition.parse(after));
        List<SessionScan.Item> met = new ArrayList<>();
        for (SessionIndexEntry place : places.after(from)) {
            Entry entry = living(place);
            if (entry != null && met.size() == scan.limit()) {
                String next = met.get(met.size() - 1).cursor();
                return CompletableFuture.completedStage(new SessionScan.Reply(met, next));
            }
            if (entry != null) {
                met.add(place.item(entry));
            }
        }
        return CompletableFuture.completedStage(new SessionScan.Reply(met, null));
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        long count = 0;
        for (SessionIndexEntry place : places.after(SessionIndexEntry.first(type, kind(finished)))) {
            count += living(place) == null ? 0 : 1;
        }
        return CompletableFuture.completedStage(count);
    }

    private static SessionIndexEntry.Kind kind(boolean finished) {
        return finished ? SessionIndexEntry.Kind.FINISHED : SessionIndexEntry.Kind.RUNNING;
    }

    private @Nullable Entry living(SessionIndexEntry place) {
        KeyState slot = slots.asMap().get(place.address());
        if (slot == null) {
            return null;
        }
        Entry entry = place.kind() == SessionIndexEntry.Kind.FINISHED ? slot.finished() : slot.running();
        return entry != null
                        && entry.session().startedAt() == place.startedAt()
                        && !entry.deadline().isDue(clock.millis())
                ? entry
                : null;
    }

    /** There is nobody to share the work with. */
    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        List<SessionSweep.Expired> claimed = new ArrayList<>();
        if (sweep.claim() > 0) {
            // What is due stands among the untold as soon as its slot is looked at.
            places.after(SessionIndexEntry.first(sweep.type(), SessionIndexEntry.Kind.RUNNING))
                    .forEach(place -> {
                        if (living(place) == null) {
                            change(place.address(), KeyStateTransitions::slot);
                        }
                    });
            for (SessionIndexEntry place :
                    places.after(SessionIndexEntry.first(sweep.type(), SessionIndexEntry.Kind.UNTOLD))) {
                if (claimed.size() == sweep.claim()) {
                    return CompletableFuture.completedStage(new SessionSweep.Reply(claimed, true));
                }
                change(place.address(), slot -> {
                    KeyStateTransitions.Claim claim =
                            slot.claim(place.address().key(), sweep.claim() - claimed.size(), sweep.leaseMillis());
                    claimed.addAll(claim.claimed());
                    return claim.slot();
                });
            }
        }
        // The last key may have had more generations than there was room for.
        boolean more = sweep.claim() > 0 && claimed.size() == sweep.claim();
        return CompletableFuture.completedStage(new SessionSweep.Reply(claimed, more));
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        change(address, slot -> slot.acknowledgeExpired(id));
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<StoreReply> step(
            SessionAddress address, Function<KeyStateTransitions, KeyStateTransitions.Step> call) {
        CompletableFuture<StoreReply> reply = new CompletableFuture<>();
        change(address, slot -> {
            KeyStateTransitions.Step step = call.apply(slot);
            reply.complete(step.reply());
            return step.slot();
        });
        return reply;
    }

    private void change(SessionAddress address, Function<KeyStateTransitions, KeyState> change) {
        ConcurrentMap<SessionAddress, KeyState> map = slots.asMap();
        // The time is read within the step, so that it never goes back between two steps on an address.
        map.compute(address, (key, stored) -> {
            long now = clock.millis();
            KeyState slot =
                    stored == null ? KeyState.EMPTY : stored.settled(now).pruned(now);
            KeyState next = change.apply(new KeyStateTransitions(slot, now))
                    .settled(now)
                    .pruned(now);
            @Nullable KeyState kept = next.isEmpty() ? null : next;
            places.replace(address, stored, kept);
            return kept;
        });
    }

    private void drop(@Nullable SessionAddress address, @Nullable KeyState slot, RemovalCause cause) {
        if (address != null) {
            places.replace(address, slot, null);
        }
    }

    /** How many addresses have any data, after what is over was dropped. */
    long size() {
        slots.cleanUp();
        return estimatedSize();
    }

    /** How many addresses have any data. */
    long estimatedSize() {
        return slots.estimatedSize();
    }
}
