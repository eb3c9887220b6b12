package io.sessiontracker.jdbc;

import java.sql.SQLException;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Transactions of callers that are not begun by a manager for JDBC on the very data source. */
class TransactionManagersTest {

    @ParameterizedTest
    @EnumSource(TransactionMode.class)
    void shouldRollBackEntities(TransactionMode mode) {
        try (JoiningShop shop = new JoiningShop(TestDatabase.POSTGRESQL.database(), mode);
                HibernateOrders orders = new HibernateOrders(shop.database.dataSource())) {
            orders.transaction().executeWithoutResult(status -> {
                orders.place(shop.cart, "tea");
                shop.started();
                shop.tracker.get(Cart.class, shop.cart).orElseThrow();
                orders.place(shop.cart, "milk");
                assertThat(orders.of(shop.cart)).hasSize(2);
                status.setRollbackOnly();
            });

            assertThat(orders.of(shop.cart)).isEmpty();
            assertThat(shop.isStored()).isEqualTo(mode == TransactionMode.REQUIRES_NEW);
            assertThat(shop.events).hasSize(mode == TransactionMode.REQUIRES_NEW ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource(TransactionMode.class)
    void shouldCommitEntities(TransactionMode mode) {
        try (JoiningShop shop = new JoiningShop(TestDatabase.H2.database(), mode);
                HibernateOrders orders = new HibernateOrders(shop.database.dataSource())) {
            orders.transaction().executeWithoutResult(status -> {
                orders.place(shop.cart, "tea");
                shop.started();
            });

            assertThat(orders.of(shop.cart)).containsExactly("tea");
            assertThat(shop.isStored()).isTrue();
        }
    }

    /** Such a manager does not look at the connection's mark. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldOnlyRollBackEntitiesAfterAnSqlError(TestDatabase database) {
        try (JoiningShop shop = new JoiningShop(database.database());
                HibernateOrders orders = new HibernateOrders(shop.database.dataSource())) {
            JdbcDatabase real = shop.database;
            SessionTracker broken = shop.tracker(new JdbcDatabase(real.dataSource(), real.dialect(), "NONE_"));
            assertThatThrownBy(() -> orders.transaction().executeWithoutResult(status -> {
                        orders.place(shop.cart, "tea");
                        assertThatThrownBy(() -> broken.get(Cart.class, shop.cart))
                                .isInstanceOf(SessionStoreException.class);
                    }))
                    .isInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("The transaction is rolled back")
                    .hasRootCauseInstanceOf(SQLException.class);

            assertThat(orders.of(shop.cart)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldNotJoinATransactionOfAnotherDataSource(TestDatabase database) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        try (JoiningShop shop = new JoiningShop(database.database());
                HikariDataSource other = TestDatabase.pool(url, "sa", 1, 60_000)) {
            new TransactionTemplate(new JdbcTransactionManager(other)).executeWithoutResult(status -> {
                // Binds a connection that is in no transaction.
                assertThat(shop.orders()).isEmpty();
                shop.started();
                status.setRollbackOnly();
            });

            assertThat(shop.isStored()).isTrue();
        }
    }

    /** Such a proxy gives the caller's connection to all. */
    @ParameterizedTest
    @EnumSource(TransactionMode.class)
    void shouldKnowATransactionAwareDataSource(TransactionMode mode) {
        JdbcDatabase real = TestDatabase.H2.database();
        JdbcDatabase aware = new JdbcDatabase(
                new TransactionAwareDataSourceProxy(real.dataSource()), real.dialect(), real.tablePrefix());
        try (JoiningShop shop = new JoiningShop(aware, mode)) {
            shop.transaction().executeWithoutResult(status -> {
                shop.started();
                JdbcClient.create(aware.dataSource()).sql("SELECT 1").query().singleValue();
                status.setRollbackOnly();
            });

            assertThat(shop.isStored()).isEqualTo(mode == TransactionMode.REQUIRES_NEW);
        }
    }
}
