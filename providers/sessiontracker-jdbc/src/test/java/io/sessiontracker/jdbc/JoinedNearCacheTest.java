package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import io.sessiontracker.spi.SessionInstrumentation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class JoinedNearCacheTest {

    private final List<Boolean> hits = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldPassTheCacheByInATransaction(TestDatabase database) {
        try (JoiningShop shop = new JoiningShop(database.database())) {
            SessionTracker tracker = cached(shop);
            tracker.start(new Cart(shop.cart)).orElseThrow();
            int changed = shop.rolledBack(() -> {
                tracker.modify(Cart.class, shop.cart, cart -> cart.articles++).orElseThrow();
                return tracker.peek(Cart.class, shop.cart).orElseThrow().articles;
            });
            assertThat(changed).isOne();
            assertThat(hits).isEmpty();

            assertThat(tracker.peek(Cart.class, shop.cart).orElseThrow().articles)
                    .isZero();
            assertThat(hits).containsExactly(true);
        }
    }

    private SessionTracker cached(JoiningShop shop) {
        return shop.builder(shop.database)
                .settings(new SessionTrackerSettings(
                        SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(NearCacheMode.VALIDATED)),
                        Map.of()))
                .instrumentation(new SessionInstrumentation() {
                    @Override
                    public void nearCacheRead(String type, boolean hit) {
                        hits.add(hit);
                    }
                })
                .buildIdle();
    }
}
