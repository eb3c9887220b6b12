package io.sessiontracker.sample.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/**
 * Counts expired checkouts and keeps the latest. An expiry is delivered to one instance only; as this is a session, the others
 * can read it.
 */
@SessionType("expiry-tally")
public class ExpiryTally extends Session {

    static final String CHECKOUTS = "checkouts";
    private static final int REMEMBERED = 100;

    private long total;
    private List<Entry> latest = new ArrayList<>();

    public ExpiryTally(String what) {
        super(what);
    }

    public long getTotal() {
        return total;
    }

    /** Returns the latest expiries first. */
    public List<Entry> getLatest() {
        return Collections.unmodifiableList(latest);
    }

    void add(Entry expired) {
        total++;
        latest.add(0, expired);
        if (latest.size() > REMEMBERED) {
            latest.remove(REMEMBERED);
        }
    }

    /** An expired checkout. */
    public record Entry(String eventId, String orderId, Instant at) {}
}
