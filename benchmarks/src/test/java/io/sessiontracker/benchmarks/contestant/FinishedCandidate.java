package io.sessiontracker.benchmarks.contestant;

import io.sessiontracker.engine.ClosableSessionTracker;

/** SessionTracker's finished sessions: what is read here was finished before. */
final class FinishedCandidate extends TrackerCandidate {

    FinishedCandidate(ClosableSessionTracker tracker) {
        super(tracker, false);
    }

    @Override
    public String start(String key, String tenant, Cart cart) {
        String id = super.start(key, tenant, cart);
        finish(id);
        return id;
    }

    @Override
    public OrderSession get(String id) {
        return tracker.getFinished(OrderSession.class, id).orElseThrow();
    }
}
