package io.sessiontracker.memory;

import java.time.Clock;
import java.util.Optional;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.state.KeyStateDataProvider;

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

    /** Leaves out the tolerance: deadlines are exact, as a touch costs next to nothing. */
    @Override
    protected Lifetimes stored(Lifetimes lifetimes) {
        return lifetimes.withoutTolerance();
    }

    /** Announces nothing, and lets no copy be used without asking: this store is in the process, so it is asked without a trip. */
    @Override
    public Optional<SessionAnnouncements> announcements() {
        return Optional.of(new AskedStore(this));
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
