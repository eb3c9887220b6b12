package io.sessiontracker.engine;

import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

/** What the engines of a tracker's APIs share. */
record EngineParts(
        SessionDataProvider data,
        SessionLockProvider locks,
        SessionCodec codec,
        SessionTypes types,
        StoreReplyMapper replies,
        SessionEvents events,
        CallerTransactions transactions,
        LockProviderRecord lockProvider,
        LossCallbacks losses) {

    /**
     * Creates the engine of one API.
     *
     * @param store dispatches the store's replies as that API needs it
     */
    SessionEngine engine(
            DispatchingDataProvider store,
            SessionModification modification,
            SessionWatches watches,
            OperationObserver observer) {
        SessionOperations operations = operations(store, observer);
        SessionTransitions transitions = new SessionTransitions(types, replies, store, events, observer);
        SessionLocks sessionLocks = new SessionLocks(
                types,
                locks,
                locks.lockingReader(data).orElse(null),
                new RecordedLocks(lockProvider, store, observer.instrumentation()),
                new OwnedLocks(data),
                operations,
                replies,
                losses,
                observer);
        return new SessionEngine(
                types,
                new SessionStarts(types, encoder(), replies, store, events, transactions, observer),
                operations,
                transitions,
                modification,
                sessionLocks,
                new SessionQueries(store, transitions, replies, events, observer),
                watches);
    }

    SessionOperations operations(DispatchingDataProvider store, OperationObserver observer) {
        return new SessionOperations(types, encoder(), replies, store, events, transactions, observer);
    }

    /** Returns what encodes sessions for this store. */
    SessionEncoder encoder() {
        return new SessionEncoder(codec, data);
    }
}
