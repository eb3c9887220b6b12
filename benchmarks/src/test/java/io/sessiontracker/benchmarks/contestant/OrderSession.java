package io.sessiontracker.benchmarks.contestant;

import io.sessiontracker.Session;

/** A session as an application would write it. */
public final class OrderSession extends Session {

    /** What it holds. */
    public Cart cart = Cart.EMPTY;

    /** With that key. */
    public OrderSession(String key) {
        super(key);
    }
}
