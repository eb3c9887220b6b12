package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
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
 * Makes the calls on a blocking store on workers, for callers that must not be blocked. It wraps each call, where
 * {@link DispatchingDataProvider}, which is on the way of every call, only wraps the reply and so adds a single frame.
 */
record OffloadedDataProvider(SessionDataProvider store, Executor workers) implements SessionDataProvider {

    /** Returns that store as the async and reactive APIs are to call it. */
    static SessionDataProvider of(SessionDataProvider store, Executor workers) {
        StoreDescription description = store.description();
        return description.blocking()
                ? new OffloadedDataProvider(store, new LimitedExecutor(workers, description.concurrentCalls()))
                : store;
    }

    private <R> CompletionStage<R> call(Supplier<CompletionStage<R>> call) {
        try {
            return CompletableFuture.supplyAsync(call, workers).thenCompose(Function.identity());
        } catch (RejectedExecutionException rejected) {
            return CompletableFuture.failedStage(rejected); // no method throws
        }
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
        return call(() -> store.start(address, ids, data, lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return call(() -> store.get(address, touch));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return call(() -> store.get(address, touch, lifetimesHint));
    }

    @Override
    public CompletionStage<StoreReply> getFromStore(SessionAddress address, Lifetimes lifetimesHint) {
        return call(() -> store.getFromStore(address, lifetimesHint));
    }

    @Override
    public CompletionStage<List<StoreReply>> getAll(List<SessionAddress> addresses, Lifetimes lifetimesHint) {
        return call(() -> store.getAll(addresses, lifetimesHint));
    }

    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return call(() -> store.getIfChanged(address, known, write, touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return call(() -> store.getFinished(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return call(() -> store.touch(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address, Lifetimes lifetimesHint) {
        return call(() -> store.touch(address, lifetimesHint));
    }

    @Override
    public CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return call(() -> store.expiry(address, id));
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return call(() -> store.expire(address, id, lifetimes));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return call(() -> store.update(address, expected, write, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return call(() -> store.finish(address, expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return call(() -> store.resume(address, expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return call(() -> store.delete(address, states, expected, token, returnSession));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return call(() -> store.scan(scan));
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return call(() -> store.count(type, finished));
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return call(() -> store.sweep(sweep));
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return call(() -> store.acknowledgeExpired(address, id));
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Claimed> delivered) {
        return call(() -> store.acknowledgeExpired(type, delivered));
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        return call(() -> store.acknowledgeReminders(type, delivered));
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        return call(() -> store.recordLockProvider(name, lease));
    }
}
