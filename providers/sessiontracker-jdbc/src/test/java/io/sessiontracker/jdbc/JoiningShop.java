package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.json.JacksonSessionCodec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with a table of its own, whose sessions are in the same database. */
final class JoiningShop implements AutoCloseable {

    final JdbcDatabase database;
    private final TransactionMode mode;
    final ClosableSessionTracker tracker;
    final List<String> events = new CopyOnWriteArrayList<>();
    final String cart = "cart-" + UUID.randomUUID();
    private final String namespace = "shop:" + UUID.randomUUID();
    private final JdbcSessionLockProvider locks;
    private volatile Consumer<SessionEvent<?>> listener = event -> {};

    JoiningShop(JdbcDatabase database) {
        this(database, TransactionMode.JOIN);
    }

    JoiningShop(JdbcDatabase database, TransactionMode mode) {
        this.database = database;
        this.mode = mode;
        this.locks = new JdbcSessionLockProvider(database, namespace);
        this.tracker = tracker(database);
        JdbcClient.create(database.dataSource())
                .sql("CREATE TABLE IF NOT EXISTS test_order (namespace VARCHAR(64), name VARCHAR(100))")
                .update();
    }

    /** Returns a tracker of this application over that database, which may have other tables. */
    ClosableSessionTracker tracker(JdbcDatabase other) {
        return builder(other).buildIdle();
    }

    /** Returns a builder of such a tracker. */
    SessionTrackerBuilder builder(JdbcDatabase other) {
        return new SessionTrackerBuilder(
                        new JdbcSessionDataProvider(other, namespace, mode, 4), locks, new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(SessionTypeSettings.BUILT_IN.withMaxSize(16 << 20), Map.of()))
                .listener(new SessionListener() {
                    @Override
                    public void onEvent(SessionEvent<?> event) {
                        events.add(event.getClass().getSimpleName() + "@"
                                + event.session().getVersion());
                        listener.accept(event);
                    }
                });
    }

    void listen(Consumer<SessionEvent<?>> added) {
        listener = added;
    }

    TransactionTemplate transaction() {
        return transaction(TransactionDefinition.PROPAGATION_REQUIRED);
    }

    TransactionTemplate transaction(int propagation) {
        return new TransactionTemplate(
                new JdbcTransactionManager(database.dataSource()), new DefaultTransactionDefinition(propagation));
    }

    /** Runs a step in a transaction that is rolled back. */
    <T> T rolledBack(Supplier<T> step) {
        return transaction().execute(status -> {
            T result = step.get();
            status.setRollbackOnly();
            return result;
        });
    }

    void order(String name) {
        JdbcClient.create(database.dataSource())
                .sql("INSERT INTO test_order VALUES (?, ?)")
                .params(namespace, name)
                .update();
    }

    List<String> orders() {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT name FROM test_order WHERE namespace = ?")
                .param(namespace)
                .query(String.class)
                .list();
    }

    /** Starts the cart, outside of a transaction. */
    Cart started() {
        return tracker.start(new Cart(cart)).orElseThrow();
    }

    Cart stored() {
        return tracker.peek(Cart.class, cart).orElseThrow();
    }

    boolean isStored() {
        return tracker.peek(Cart.class, cart).isSuccess();
    }

    @Override
    public void close() {
        tracker.close();
        locks.close();
    }

    @SessionType("cart")
    static class Cart extends Session {
        int articles;

        @Nullable
        String note;

        Cart(String key) {
            super(key);
        }

        public int getArticles() {
            return articles;
        }

        public void setArticles(int articles) {
            this.articles = articles;
        }
    }
}
