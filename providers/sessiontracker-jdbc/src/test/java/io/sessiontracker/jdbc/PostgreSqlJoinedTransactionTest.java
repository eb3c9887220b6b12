package io.sessiontracker.jdbc;

import java.sql.SQLException;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class PostgreSqlJoinedTransactionTest extends JoinedTransactionContract {

    PostgreSqlJoinedTransactionTest() {
        super(TestDatabase.POSTGRESQL);
    }

    /** The caller repeats the whole transaction. */
    @ParameterizedTest
    @ValueSource(ints = {TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE})
    void shouldFailWhereTheRowIsNewerThanTheSnapshot(int isolation) {
        TransactionTemplate transaction = shop.transaction();
        transaction.setIsolationLevel(isolation);
        Cart cart = shop.started();
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    shop.order("tea");
                    shop.transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                            .executeWithoutResult(
                                    other -> tracker.update(shop.stored()).orElseThrow());
                    tracker.modify(Cart.class, shop.cart, each -> each.articles++)
                            .orElseThrow();
                }))
                .isInstanceOf(SessionStoreException.class)
                .rootCause()
                .asInstanceOf(type(SQLException.class))
                .extracting(SQLException::getSQLState)
                .isEqualTo("40001");
        assertThat(shop.orders()).isEmpty();

        transaction.executeWithoutResult(status -> {
            shop.order("tea");
            tracker.modify(Cart.class, shop.cart, each -> each.articles++).orElseThrow();
        });
        assertThat(shop.orders()).containsExactly("tea");
        assertThat(shop.stored().articles).isOne();
        assertThat(shop.stored().getVersion()).isEqualTo(cart.getVersion() + 2);
    }
}
