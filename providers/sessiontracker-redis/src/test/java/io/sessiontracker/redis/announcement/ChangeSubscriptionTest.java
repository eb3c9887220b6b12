package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.KillArgs;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.testing.RedisServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChangeSubscriptionTest {

    private static final Lifetimes ANNOUNCED = new Lifetimes(60_000, 0, 0, 0).withAnnounced(true);

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final RedisSessionDataProvider store =
            new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop");
    private final List<SessionAddress> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();
    private final SessionAnnouncements.Subscription subscription = store.announcements()
            .orElseThrow()
            .subscribe(Duration.ofMillis(200), new SessionAnnouncements.Listener() {
                @Override
                public void changed(
                        SessionAddress address, @Nullable SessionVersion version, @Nullable OperationToken write) {
                    changes.add(address);
                }

                @Override
                public void missed() {
                    missed.incrementAndGet();
                }

                @Override
                public void confirmed(Duration delay) {}
            });

    @AfterEach
    void stop() {
        subscription.suspend();
        store.close();
        connections.destroy();
        server.close();
    }

    @Test
    void shouldReceiveTheChangesOfTypesThatWereAskedFor() {
        awaitLag("cart");
        start("chat", "c-1");
        start("cart", "c-2:{a#1}:r:b");
        start("cart", "\u00fc 2");
        await().untilAsserted(() -> assertThat(changes)
                .containsExactly(new SessionAddress("cart", "c-2:{a#1}:r:b"), new SessionAddress("cart", "\u00fc 2")));
        awaitLag("chat");
        start("chat", "c-3");
        start("cart", "c-4");

        await().untilAsserted(() ->
                assertThat(changes).contains(new SessionAddress("chat", "c-3"), new SessionAddress("cart", "c-4")));
    }

    @Test
    void shouldSayWhenSomethingMayBeMissing() {
        awaitLag("cart");
        for (KillArgs connection : List.of(KillArgs.Builder.typePubsub(), KillArgs.Builder.typeNormal())) {
            int before = missed.get();
            server.call(redis -> redis.clientKill(connection.skipme()));
            await().until(() -> missed.get() > before);
            awaitLag("cart");
        }
        start("cart", "c-1");
        await().until(() -> !changes.isEmpty());
    }

    @Test
    void shouldKnowNothingWhileItIsSuspended() {
        awaitLag("cart");
        subscription.suspend();
        assertThat(subscription.lagMillis("cart")).isEqualTo(Long.MAX_VALUE);
        subscription.resume();
        awaitLag("cart");
    }

    private void awaitLag(String type) {
        await().until(() -> subscription.lagMillis(type) < Long.MAX_VALUE);
    }

    private void start(String type, String key) {
        OperationToken token = OperationToken.random();
        var unused = store.start(
                        new SessionAddress(type, key),
                        List.of(token.newSessionId()),
                        new SessionData(Map.of(), new byte[0]),
                        ANNOUNCED,
                        token,
                        false)
                .toCompletableFuture()
                .join();
    }
}
