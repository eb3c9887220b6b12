package io.sessiontracker.contract.tracker;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionTracker;

/** Starts several checkouts at once. */
final class Checkouts {

    private Checkouts() {}

    static Checkout of(String key, String tenant) {
        Checkout checkout = new Checkout(key);
        checkout.getProperties().put("tenant", tenant);
        return checkout;
    }

    static Checkout starts(SessionTracker tracker, String key, String tenant) {
        return tracker.start(of(key, tenant)).orElseThrow();
    }

    /** {@code prefix-0} and so on; answers the keys. */
    static List<String> starts(SessionTracker tracker, String prefix, String tenant, int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(starts(tracker, prefix + "-" + i, tenant).getKey());
        }
        return keys;
    }

    static List<String> keys(SessionQuery<Checkout> query) {
        return keys(query.stream().toList());
    }

    static List<String> keys(List<Checkout> sessions) {
        return sessions.stream().map(Checkout::getKey).toList();
    }
}
