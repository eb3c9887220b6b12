package io.sessiontracker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/** The calls of a {@link ModifyQueue} that wait for a turn, in order. To be used with the queue's lock held. */
final class PendingModifyCalls<S extends Session> {

    private final Deque<ModifyCall<S>> calls = new ArrayDeque<>();
    private long arrivals;

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Returns the number of the call that arrived last, from 1. */
    long lastArrival() {
        return arrivals;
    }

    void add(ModifyCall<S> call) {
        call.arrived(++arrivals);
        calls.addLast(call);
    }

    /** Adds a call that has lost its turn. */
    void addAgain(ModifyCall<S> call) {
        calls.addLast(call);
    }

    /** Puts calls before all others, in their order. */
    void putBack(List<ModifyCall<S>> first) {
        for (int i = first.size() - 1; i >= 0; i--) {
            calls.addFirst(first.get(i));
        }
    }

    /** Returns the first call that was not cancelled, and leaves it there; null if there is none. */
    @Nullable
    ModifyCall<S> peek() {
        while (!calls.isEmpty() && calls.getFirst().isAnswered()) {
            calls.removeFirst();
        }
        return calls.peekFirst();
    }

    ModifyCall<S> remove() {
        return calls.removeFirst();
    }

    /** Removes the calls that match, and returns them. */
    List<ModifyCall<S>> removeAll(Predicate<ModifyCall<S>> matches) {
        List<ModifyCall<S>> removed = new ArrayList<>();
        calls.removeIf(call -> matches.test(call) && removed.add(call));
        return removed;
    }
}
