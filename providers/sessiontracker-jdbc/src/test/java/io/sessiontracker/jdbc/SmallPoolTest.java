package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import io.sessiontracker.json.JacksonSessionCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** More callers than connections. */
class SmallPoolTest {

    private static final int CALLS = 200;
    private static final int CONNECTIONS = 2;

    /** As many threads as there are calls, as where they are virtual. */
    private final ExecutorService workers = Executors.newCachedThreadPool();

    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger mostAsking = new AtomicInteger();
    private HikariDataSource pool;
    private JdbcSessionLockProvider locks;
    private ClosableSessionTracker tracker;

    @BeforeEach
    void open() {
        TestDatabase.H2.database();
        pool = TestDatabase.pool(TestDatabase.H2_URL, "sa", CONNECTIONS, 1000);
        JdbcDatabase database = JdbcDatabase.of(counting(pool));
        String namespace = "pool:" + UUID.randomUUID();
        locks = new JdbcSessionLockProvider(database, namespace);
        tracker = new SessionTrackerBuilder(
                        new JdbcSessionDataProvider(database, namespace, TransactionMode.REQUIRES_NEW, CONNECTIONS),
                        locks,
                        new JacksonSessionCodec())
                .worker(workers)
                .buildIdle();
    }

    @AfterEach
    void close() {
        tracker.close();
        locks.close();
        pool.close();
        workers.shutdownNow();
    }

    @Test
    void shouldLetAsyncCallsWaitForTheirTurn() {
        List<CompletableFuture<SessionResult<Cart>>> calls = IntStream.range(0, CALLS)
                .mapToObj(i -> tracker.async()
                        .start(new Cart("cart-" + i))
                        .thenCompose(
                                started -> tracker.async().modify(Cart.class, "cart-" + i, cart -> cart.articles++)))
                .toList();

        assertThat(calls)
                .allSatisfy(
                        call -> assertThat(call.join().orElseThrow().articles).isOne());
        assertThat(tracker.count(Cart.class)).isEqualTo(CALLS);
        assertThat(mostAsking).hasValueLessThanOrEqualTo(CONNECTIONS);
    }

    @Test
    void shouldFailAsyncCallsWhereThePoolIsExhausted() throws Exception {
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            taken.add(pool.getConnection());
        }
        CompletableFuture<SessionResult<Cart>> call = tracker.async().get(Cart.class, "cart");

        assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(SessionStoreException.class);
        for (Connection each : taken) {
            each.close();
        }
        assertThat(tracker.async().get(Cart.class, "cart").join().isFailure()).isTrue();
    }

    @Test
    void shouldFailCallsInTransactionsThatHoldAllConnections() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        TransactionTemplate another = new TransactionTemplate(new JdbcTransactionManager(pool));
        another.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(outer -> another.executeWithoutResult(inner -> {
            assertThatThrownBy(() -> tracker.start(new Cart("cart"))).isInstanceOf(SessionStoreException.class);
            assertThatThrownBy(() -> tracker.modify(Cart.class, "cart", cart -> cart.articles++))
                    .isInstanceOf(SessionStoreException.class);
        }));

        assertThat(tracker.start(new Cart("cart")).isSuccess()).isTrue();
    }

    /** Counts how many threads want a connection at once. */
    private DataSource counting(DataSource real) {
        return new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                mostAsking.accumulateAndGet(asking.incrementAndGet(), Math::max);
                try {
                    return super.getConnection();
                } finally {
                    asking.decrementAndGet();
                }
            }
        };
    }
}
