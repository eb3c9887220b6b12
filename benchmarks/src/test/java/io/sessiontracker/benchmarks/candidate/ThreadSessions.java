package io.sessiontracker.benchmarks.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The sessions of one thread, which no other thread changes, so that there is no contention. */
public final class ThreadSessions {

    /** The number of sessions per tenant. */
    public static final int PAGE_SIZE = 50;

    private final String name;
    private final Cart cart;
    private final List<String> ids = new ArrayList<>();
    private int started;
    private int turn;

    /** Creates an empty set of sessions with a unique name. */
    public ThreadSessions(String name, Payload payload) {
        this.name = name;
        this.cart = payload.cart();
    }

    /** Starts new sessions that replace the previous ones. */
    public void startAll(Candidate candidate, int sessions) {
        ids.clear();
        turn = 0;
        for (int i = 0; i < sessions; i++) {
            startMore(candidate);
        }
    }

    /** Starts one more session. */
    public void startMore(Candidate candidate) {
        ids.add(start(candidate));
    }

    String start(Candidate candidate) {
        return candidate.start(name + "-" + started++, tenant(), cart);
    }

    /** Returns the ids of the sessions. */
    public List<String> ids() {
        return ids;
    }

    /** Returns the ids in turn. */
    String id() {
        return ids.get(turn++ % ids.size());
    }

    Cart cart() {
        return cart;
    }

    /** Returns the indexed property that all of them have. */
    public String tenant() {
        return "tenant-" + name;
    }

    UnaryOperator<Cart> edit() {
        int quantity = 1 + turn % 9;
        return old -> old.withQuantity(quantity);
    }

    int requirePage(int found) {
        if (found != PAGE_SIZE) {
            throw new IllegalStateException("A page must have " + PAGE_SIZE + " sessions; it had " + found);
        }
        return found;
    }
}
