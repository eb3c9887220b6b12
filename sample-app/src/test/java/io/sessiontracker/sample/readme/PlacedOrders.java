package io.sessiontracker.sample.readme;

import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionTracker;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The examples of docs/jdbc.md: sessions in the caller's transaction. */
class PlacedOrders {

    private final SessionTracker tracker;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    PlacedOrders(SessionTracker tracker, JdbcClient jdbc, TransactionTemplate transactions) {
        this.tracker = tracker;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Transactional
    public void place(String customer) {
        CartSession cart = tracker.get(CartSession.class, customer).orElseThrow();
        jdbc.sql("INSERT INTO orders (customer, articles) VALUES (?, ?)")
                .params(customer, String.join(",", cart.articles))
                .update();
        tracker.finish(cart).orElseThrow();
    }

    void placeLocked(String customer) {
        try (SessionLock lock = tracker.lock(CartSession.class, customer).orElseThrow()) {
            transactions.executeWithoutResult(status -> place(customer));
        }
    }
}
