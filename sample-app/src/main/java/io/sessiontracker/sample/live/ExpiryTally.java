package io.sessiontracker.sample.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/**
 * How many checkouts expired, and which were the last. An expiry is told to one instance only; that this is a session, too,
 * lets the others know.
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

    /** The latest first. */
    public List<Entry> getLatest() {
        return Collections.unmodifiableList(latest);
    }

    // An event may come again; the ids of the latest tell, as far back as they go.
    void add(Entry expired) {
        if (latest.stream().noneMatch(known -> known.eventId().equals(expired.eventId()))) {
            total++;
            latest.add(0, expired);
            if (latest.size() > REMEMBERED) {
                latest.remove(REMEMBERED);
            }
        }
    }

    /** One that nobody came back to. */
    public record Entry(String eventId, String orderId, Instant at) {}
}
