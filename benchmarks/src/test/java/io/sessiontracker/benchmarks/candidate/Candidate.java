package io.sessiontracker.benchmarks.candidate;

import java.util.function.UnaryOperator;

/**
 * A way to keep sessions in Redis. Safe for any number of threads. Implements at least the works that it is {@linkplain
 * Candidates registered for}. Every failure is an exception, so that no failed call is measured.
 */
public interface Candidate extends AutoCloseable {

    /**
     * Stores a new session.
     *
     * @param tenant the indexed property, if the candidate has an index
     * @return its id for the other methods
     */
    String start(String key, String tenant, Cart cart);

    /** Reads a session and its cart. */
    Object get(String id);

    /** Reads a session without prolonging it. */
    default Object peek(String id) {
        throw new UnsupportedOperationException("peek");
    }

    /** Reads a session and stores a changed cart. */
    void change(String id, UnaryOperator<Cart> edit);

    /** Changes a session without a lock and without lost updates. */
    default void modify(String id, UnaryOperator<Cart> edit) {
        throw new UnsupportedOperationException("modify");
    }

    /**
     * Modifies the one session that all threads share.
     *
     * @param cart its initial state
     */
    default void hotModify(Cart cart, UnaryOperator<Cart> edit) {
        throw new UnsupportedOperationException("hotModify");
    }

    /** Changes a session under its lock. */
    default void lockedChange(String id, UnaryOperator<Cart> edit) {
        throw new UnsupportedOperationException("lockedChange");
    }

    /** Ends a session. */
    void finish(String id);

    /** Reads a page of a tenant's sessions and returns its size. */
    default int page(String tenant, int size) {
        throw new UnsupportedOperationException("page");
    }

    /** Returns the number of sessions. */
    default long count() {
        throw new UnsupportedOperationException("count");
    }

    /** Configures the empty server before each turn. */
    default void prepare() {}

    @Override
    default void close() {}
}
