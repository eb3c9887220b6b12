package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.KillArgs;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ChangeSubscriptionTest {

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final RedisSessionDataProvider store =
            new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop");
    private final RecordedChanges recorded = new RecordedChanges();
    private final SessionAnnouncements.Subscription subscription =
            store.announcements().orElseThrow().subscribe(Duration.ofMillis(200), recorded);

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
        await().untilAsserted(() -> assertThat(recorded.changes)
                .containsExactly(new SessionAddress("cart", "c-2:{a#1}:r:b"), new SessionAddress("cart", "\u00fc 2")));
        awaitLag("chat");
        start("chat", "c-3");
        start("cart", "c-4");

        await().untilAsserted(() -> assertThat(recorded.changes)
                .contains(new SessionAddress("chat", "c-3"), new SessionAddress("cart", "c-4")));
    }

    @Test
    void shouldSayWhenSomethingMayBeMissing() {
        awaitLag("cart");
        for (KillArgs connection : List.of(KillArgs.Builder.typePubsub(), KillArgs.Builder.typeNormal())) {
            int before = recorded.missed.get();
            server.call(redis -> redis.clientKill(connection.skipme()));
            await().until(() -> recorded.missed.get() > before);
            awaitLag("cart");
        }
        start("cart", "c-1");
        await().until(() -> !recorded.changes.isEmpty());
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
        RecordedChanges.start(store, new SessionAddress(type, key));
    }
}
