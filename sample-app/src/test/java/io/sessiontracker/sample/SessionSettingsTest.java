package io.sessiontracker.sample;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The lifetimes of {@code application.yml}, as the TTLs on the server show. */
class SessionSettingsTest {

    private static final Duration SLACK = Duration.ofMinutes(1);
    /** The default sliding tolerance. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private final Shop shop = Shop.first();
    private final String key = "key-" + UUID.randomUUID();

    @Test
    void shouldSetLifetimesOfCheckout() {
        assertThat(shop.post("/checkouts/" + key)).hasStatus(201);
        // And an hour of retention for delivery.
        assertThat(timeToLive("checkout"))
                .isBetween(
                        Duration.ofMinutes(80).minus(SLACK),
                        Duration.ofMinutes(80).plus(TOLERANCE));

        assertThat(shop.post("/checkouts/" + key + "/abandon")).hasStatus(204);
        assertThat(timeToLive("checkout")).isBetween(Duration.ofDays(30).minus(SLACK), Duration.ofDays(30));
    }

    @Test
    void shouldSetLifetimesOfChat() {
        assertThat(shop.post("/support-chats/" + key + "/messages", Map.of("author", "Ann", "text", "Hello")))
                .hasStatusOk();
        assertThat(timeToLive("support-chat"))
                .isBetween(
                        Duration.ofMinutes(2).minus(SLACK),
                        Duration.ofMinutes(2).plus(TOLERANCE));

        assertThat(shop.post("/support-chats/" + key + "/close")).hasStatusOk();
        assertThat(timeToLive("support-chat")).isBetween(Duration.ofDays(7).minus(SLACK), Duration.ofDays(7));
    }

    /** Returns the TTL of the only session, running or finished. */
    private Duration timeToLive(String type) {
        Set<String> stored = shop.redis().keys("shop:{" + type + "#*}:[rf]:" + key);
        assertThat(stored).hasSize(1);
        return Duration.ofMillis(shop.redis().getExpire(stored.iterator().next(), TimeUnit.MILLISECONDS));
    }
}
