package io.sessiontracker.memory;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.KeyStateDataProvider;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in this process's memory, until it ends. Each instance is a namespace of its own.
 *
 * <p>Every call is atomic for its address, and its stage is complete when it returns. A session that is due is gone at once; its
 * data are dropped when the retention is over, without a sweep. Neither the store nor its callers ever change a payload after
 * it was passed, so none is copied.
 *
 * <p>Safe for any number of threads. It owns no thread and need not be closed.
 */
public final class InMemorySessionDataProvider extends KeyStateDataProvider {

    private final InMemoryKeyStateStore store;

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
        this(new InMemoryKeyStateStore(clock));
    }

    private InMemorySessionDataProvider(InMemoryKeyStateStore store) {
        super(store);
        this.store = store;
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return super.start(address, ids, data, lifetimes.withoutTolerance(), token, touchRunning);
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return super.finish(address, expected, lifetimes.withoutTolerance(), token, returnSession);
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return super.resume(address, expected, lifetimes.withoutTolerance(), token, returnSession);
    }

    /** Returns how many addresses have any data, after expired ones were dropped. */
    long size() {
        store.cleanUp();
        return store.size();
    }

    /** Returns how many addresses have any data. */
    long estimatedSize() {
        return store.size();
    }
}
