package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.SessionWatcher;

/** Remembers what it was called with. */
class RecordingWatcher implements SessionWatcher<Checkout> {

    private final List<Checkout> states = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

    @Override
    public void onChange(Checkout session) {
        states.add(session);
    }

    @Override
    public void onEnd() {
        ends.add("end");
    }

    @Override
    public void onFailure(RuntimeException failure) {
        failures.add(failure);
    }

    List<Checkout> states() {
        return states;
    }

    boolean hasSeen(String address) {
        return states.stream().anyMatch(state -> address.equals(state.getAddress()));
    }

    boolean hasEnded() {
        return !ends.isEmpty();
    }

    /** Returns how often the end was reported. */
    int ends() {
        return ends.size();
    }

    List<RuntimeException> failures() {
        return failures;
    }
}
