package io.sessiontracker.contract.tracker;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** A real store behind a network that loses requests, or replies to requests that were carried out. */
final class FaultyDataProvider implements SessionDataProvider {

    private final SessionDataProvider store;
    private final AtomicInteger requestsToLose = new AtomicInteger();
    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> between = new AtomicReference<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger returningCalls = new AtomicInteger();

    FaultyDataProvider(SessionDataProvider store) {
        this.store = store;
    }

    void loseRequests(int count) {
        requestsToLose.set(count);
    }

    void loseReplies(int count) {
        repliesToLose.set(count);
    }

    /** Lets the next call be sent twice, as a driver does that reconnects, and others do something in between. */
    void sendTwice(Runnable others) {
        between.set(others);
    }

    /** How many calls reached this provider. */
    int calls() {
        return calls.get();
    }

    /** How many of them wanted to have the session that they changed. */
    int returningCalls() {
        return returningCalls.get();
    }

    private <T> CompletionStage<T> send(boolean returning, Supplier<CompletionStage<T>> call) {
        returningCalls.addAndGet(returning ? 1 : 0);
        return send(call);
    }

    private <T> CompletionStage<T> send(Supplier<CompletionStage<T>> call) {
        calls.incrementAndGet();
        if (takeOne(requestsToLose)) {
            return CompletableFuture.failedStage(new SessionStoreException("The request was lost", null));
        }
        CompletionStage<T> reply = call.get();
        Runnable others = between.getAndSet(null);
        if (others != null) {
            // Not every store takes calls in the order in which they are made.
            reply.toCompletableFuture().handle((answer, failure) -> true).join();
            others.run();
            reply = call.get();
        }
        return takeOne(repliesToLose)
                ? reply.thenCompose(
                        lost -> CompletableFuture.failedStage(new SessionStoreException("The reply was lost", null)))
                : reply;
    }

    private static boolean takeOne(AtomicInteger count) {
        return count.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return send(() -> store.start(address, ids, data, lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return send(() -> store.get(address, touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return send(() -> store.getFinished(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return send(() -> store.touch(address));
    }

    @Override
    public CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return send(() -> store.expiry(address, id));
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return send(() -> store.expire(address, id, lifetimes));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return send(() -> store.update(address, expected, write, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return send(returning, () -> store.finish(address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return send(returning, () -> store.resume(address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates copies,
            @Nullable SessionVersion only,
            OperationToken token,
            boolean returning) {
        return send(returning, () -> store.delete(address, copies, only, token, returning));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return send(() -> store.scan(scan));
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return send(() -> store.count(type, finished));
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return send(() -> store.sweep(sweep));
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return send(() -> store.acknowledgeExpired(address, id));
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        return send(() -> store.acknowledgeReminders(type, delivered));
    }
}
