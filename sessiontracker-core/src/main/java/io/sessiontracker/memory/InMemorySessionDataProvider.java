package io.sessiontracker.memory;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
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
    private final Cache<SessionAddress, Slot> slots;

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
        SlotExpiry expiry = new SlotExpiry(clock);
        this.slots = Caffeine.newBuilder()
                .expireAfter(expiry)
                .ticker(expiry)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
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
        return step(address, slot -> slot.start(ids, data, lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return step(address, slot -> slot.get(touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return step(address, SlotAt::getFinished);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return step(address, SlotAt::touch);
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return step(address, slot -> slot.update(expected, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return step(address, slot -> slot.finish(only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return step(address, slot -> slot.resume(only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address, @Nullable SessionVersion only, OperationToken token) {
        return step(address, slot -> slot.delete(only, token));
    }

    private CompletionStage<StoreReply> step(SessionAddress address, Function<SlotAt, SlotAt.Step> call) {
        CompletableFuture<StoreReply> reply = new CompletableFuture<>();
        ConcurrentMap<SessionAddress, Slot> map = slots.asMap();
        // The time is read within the step, so that it never goes back between two steps on an address.
        map.compute(address, (key, stored) -> {
            long now = clock.millis();
            SlotAt.Step step = call.apply(new SlotAt(stored == null ? Slot.EMPTY : stored, now));
            reply.complete(step.reply());
            Slot next = step.slot().pruned(now);
            return next.isEmpty() ? null : next;
        });
        return reply;
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
