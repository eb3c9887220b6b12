package io.sessiontracker.jdbc;

/** Whether calls on sessions are part of a transaction that their caller has. */
public enum TransactionMode {
    /** Each call is a transaction of its own: what it changed stays when the caller's is rolled back. */
    REQUIRES_NEW,
    /**
     * A call is part of the transaction that the calling thread has on the same data source, managed by Spring; without one, or if it is
     * read-only, the call is a transaction of its own.
     */
    JOIN
}
