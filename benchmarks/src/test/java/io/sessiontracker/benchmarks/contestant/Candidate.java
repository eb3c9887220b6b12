package io.sessiontracker.benchmarks.contestant;

import java.util.function.UnaryOperator;

/**
 * A way to keep sessions in Redis. Safe for any number of threads. What it was not {@linkplain Candidates registered for} it
 * need not be able to do. Everything fails with an exception, so that nothing is measured that did not happen.
 */
public interface Candidate extends AutoCloseable {

    /**
     * Stores a new session.
     *
     * @param tenant what it is found by, where the contestant has an index
     * @return what it is called from now on
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

    /** The same in whatever way keeps two of them from overwriting each other without a lock. */
    default void modify(String id, UnaryOperator<Cart> edit) {
        throw new UnsupportedOperationException("modify");
    }

    /**
     * The same of one session that all threads share.
     *
     * @param cart what it is to begin with
     */
    default void hotModify(Cart cart, UnaryOperator<Cart> edit) {
        throw new UnsupportedOperationException("hotModify");
    }

    /** The same under a lock. */
    default void lockedChange(String id, UnaryOperator<Cart> edit) {
        throw new UnsupportedOperationException("lockedChange");
    }

    /** Ends a session. */
    void finish(String id);

    /** Reads a tenant's sessions, at most that many, and answers how many there were. */
    default int page(String tenant, int size) {
        throw new UnsupportedOperationException("page");
    }

    /** How many sessions there are. */
    default long count() {
        throw new UnsupportedOperationException("count");
    }

    /** Called on an empty server before each turn: sets the server up as this contestant needs it. */
    default void prepare() {}

    @Override
    default void close() {}
}
