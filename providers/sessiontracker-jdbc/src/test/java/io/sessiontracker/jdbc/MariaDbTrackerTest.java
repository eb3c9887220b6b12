package io.sessiontracker.jdbc;

import io.sessiontracker.SessionTooLargeException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@NeedsMariaDb
class MariaDbTrackerTest extends JdbcTrackerContract {

    MariaDbTrackerTest() {
        super(TestDatabase.MARIADB);
    }

    /** By default it takes 16 MB, and a payload may take two bytes for each of its own. */
    @Test
    void shouldRefuseWhatTheServerWouldNotTake() {
        try (JoiningShop shop = new JoiningShop(TestDatabase.MARIADB.database(), TransactionMode.REQUIRES_NEW)) {
            SessionTracker tracker = shop.tracker;
            Cart cart = shop.started();
            cart.note = "'".repeat(7 << 20);
            tracker.update(cart).orElseThrow();
            cart.note = "'".repeat(8 << 20);

            assertThatThrownBy(() -> tracker.update(cart))
                    .isInstanceOf(SessionTooLargeException.class)
                    .hasMessageContaining("this store takes at most 8257536");
            assertThat(shop.stored().getVersion()).isEqualTo(2);
        }
    }
}
