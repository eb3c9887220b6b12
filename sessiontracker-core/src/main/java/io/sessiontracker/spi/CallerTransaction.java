package io.sessiontracker.spi;

/**
 * A transaction of the calling thread that a store's calls in this thread are part of: what they change is stored when it commits, and
 * never if it rolls back. The engine lets whatever follows from a change wait for its end.
 *
 * @see SessionDataProvider#callerTransaction
 */
public interface CallerTransaction {

    /**
     * Adds a task that runs once the transaction is committed, by the thread that commits it, in the order of these calls. It does not
     * run if the transaction is rolled back, or if it is unknown whether it is committed.
     */
    void afterCommit(Runnable task);

    /**
     * Adds a task that runs if the transaction is rolled back, or if it is unknown whether it is committed, by the thread that ends it,
     * the last task first. A rollback to a savepoint runs those that were added since, and discards such tasks for the commit.
     */
    void afterRollback(Runnable task);
}
