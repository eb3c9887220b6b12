package io.sessiontracker.benchmarks.candidate;

import io.sessiontracker.engine.ClosableSessionTracker;

/** SessionTracker's finished sessions: reads sessions that were finished before. */
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
