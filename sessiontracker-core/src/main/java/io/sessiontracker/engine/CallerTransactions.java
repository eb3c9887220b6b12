package io.sessiontracker.engine;

import java.util.Optional;

import io.sessiontracker.spi.CallerTransaction;
import io.sessiontracker.spi.SessionDataProvider;

/** The {@linkplain CallerTransaction transactions of callers} that a store's calls are part of, and what follows from their ends. */
record CallerTransactions(SessionDataProvider store) {

    /** Returns whether a call in this thread is part of a transaction. */
    boolean isActive() {
        return store.callerTransaction().isPresent();
    }

    /** Runs a task after the commit of this thread's transaction; at once if there is none. */
    void afterCommit(Runnable task) {
        Optional<CallerTransaction> transaction = store.callerTransaction();
        if (transaction.isPresent()) {
            transaction.get().afterCommit(task);
        } else {
            task.run();
        }
    }

    /** Runs a task if this thread's transaction is rolled back; never if there is none. */
    void afterRollback(Runnable task) {
        store.callerTransaction().ifPresent(transaction -> transaction.afterRollback(task));
    }

    /**
     * Refuses a call that other threads do, which would wait for what this thread's transaction has locked, and not see what it changed.
     *
     * @throws IllegalStateException if there is a transaction
     */
    void refuse() {
        if (isActive()) {
            throw new IllegalStateException(
                    "The sessions that this thread uses are part of its transaction. Async and reactive calls, and expireSessions,"
                            + " cannot be: call the blocking tracker, or call after the transaction's end");
        }
    }
}
