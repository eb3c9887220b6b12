package io.sessiontracker.benchmarks.candidate;

import io.sessiontracker.Session;

/** An application's session class. */
public final class OrderSession extends Session {

    /** The state. */
    public Cart cart = Cart.EMPTY;

    /** Creates a session. */
    public OrderSession(String key) {
        super(key);
    }
}
