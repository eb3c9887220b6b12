package io.sessiontracker.sample.readme;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WatchedCartsTest {

    @Test
    void shouldShowTheCartWhileItIsFilled() {
        List<List<String>> screen = new CopyOnWriteArrayList<>();
        List<List<String>> stream = new CopyOnWriteArrayList<>();
        try (ClosableSessionTracker tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .watchInterval(Duration.ofMillis(10))
                .build()) {
            WatchedCarts carts = new WatchedCarts(tracker, ReactiveSessionTracker.over(tracker.async()));
            tracker.start(new CartSession("ann")).orElseThrow();
            var watching = carts.watch("ann").subscribe(stream::add);
            carts.showWhile(screen::add, "ann", () -> {
                await().until(() -> screen.contains(List.of()) && stream.contains(List.of()));
                tracker.modify(CartSession.class, "ann", cart -> cart.articles.add("tea"))
                        .orElseThrow();
                await().until(() -> screen.size() == 2 && stream.size() == 2);
            });
            tracker.finish(CartSession.class, "ann").orElseThrow();
            await().until(watching::isDisposed);
        }

        assertThat(screen).containsExactly(List.of(), List.of("tea"));
        assertThat(stream).containsExactly(List.of(), List.of("tea"));
    }
}
