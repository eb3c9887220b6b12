package io.sessiontracker.benchmarks.contestant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One thread's sessions, which no other thread changes, so that nothing is measured but the way to the server and back. */
public final class ThreadSessions {

    /** How many sessions a tenant has. */
    public static final int PAGE_SIZE = 20;

    private final String name;
    private final Cart cart;
    private final List<String> ids = new ArrayList<>();
    private int started;
    private int turn;

    /** An empty one; no other may have the same name. */
    public ThreadSessions(String name, Payload payload) {
        this.name = name;
        this.cart = payload.cart();
    }

    /** Starts sessions in place of those that it had. */
    public void deal(Candidate contestant, int sessions) {
        ids.clear();
        turn = 0;
        for (int i = 0; i < sessions; i++) {
            ids.add(start(contestant));
        }
    }

    String start(Candidate contestant) {
        return contestant.start(name + "-" + started++, tenant(), cart);
    }

    /** All its sessions. */
    public List<String> ids() {
        return ids;
    }

    /** The next of its sessions, round and round. */
    String id() {
        return ids.get(turn++ % ids.size());
    }

    Cart cart() {
        return cart;
    }

    String tenant() {
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
