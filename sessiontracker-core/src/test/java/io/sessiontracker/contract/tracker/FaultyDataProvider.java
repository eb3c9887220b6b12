package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** A real store behind a network that loses what it is told to: the request, or the reply to one that was carried out. */
final class FaultyDataProvider implements SessionDataProvider {

    private final SessionDataProvider store;
    private final AtomicInteger requestsToLose = new AtomicInteger();
    private final AtomicInteger repliesToLose = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    FaultyDataProvider(SessionDataProvider store) {
        this.store = store;
    }

    void loseRequests(int count) {
        requestsToLose.set(count);
    }

    void loseReplies(int count) {
        repliesToLose.set(count);
    }

    /** How many calls reached this provider. */
    int calls() {
        return calls.get();
    }

    private CompletionStage<StoreReply> send(Supplier<CompletionStage<StoreReply>> call) {
        calls.incrementAndGet();
        if (takeOne(requestsToLose)) {
            return CompletableFuture.failedStage(new SessionStoreException("The request was lost", null));
        }
        CompletionStage<StoreReply> reply = call.get();
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
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return send(() -> store.update(address, expected, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return send(() -> store.finish(address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return send(() -> store.resume(address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address, @Nullable SessionVersion only, OperationToken token) {
        return send(() -> store.delete(address, only, token));
    }
}
