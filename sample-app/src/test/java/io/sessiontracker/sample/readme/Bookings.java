package io.sessiontracker.sample.readme;

import java.util.concurrent.Future;

import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionTracker;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The example of docs/lifecycle.md: a table that refuses a holder of a lock that has lost it. */
class Bookings {

    private final SessionTracker tracker;
    private final JdbcClient jdbc;
    private final Carrier carrier;

    Bookings(SessionTracker tracker, JdbcClient jdbc, Carrier carrier) {
        this.tracker = tracker;
        this.jdbc = jdbc;
        this.carrier = carrier;
    }

    interface Carrier {
        Future<String> findVan(String customer);
    }

    void book(String customer) throws Exception {
        try (SessionLock lock = tracker.lock(CartSession.class, customer).orElseThrow()) {
            Future<String> van = carrier.findVan(customer);
            lock.onLost(() -> van.cancel(true));
            int rows = jdbc.sql("UPDATE bookings SET van = ?, fence = ? WHERE customer = ? AND fence <= ?")
                    .params(van.get(), lock.token(), customer, lock.token())
                    .update();
            if (rows == 0) {
                throw new IllegalStateException("A later holder of the lock has booked for " + customer);
            }
        }
    }
}
