package io.sessiontracker.sample;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class SlowCarrierTest {

    @Test
    @Timeout(60)
    void shouldNotWaitForTheCarrierLongerThanTheLockIsHeld() {
        String checkout = "/checkouts/order-" + UUID.randomUUID();
        try (Shop shop = Shop.start(
                "--shop.redis.port=" + Shop.first().redisPort(),
                "--shop.carrier.answers-after=1h",
                "--session-tracker.types.checkout.lock.lease=300ms")) {
            assertThat(shop.post(checkout)).hasStatus(201);

            assertThat(shop.put(
                            checkout + "/address", Map.of("street", "Main Street 1", "city", "Bonn", "country", "DE")))
                    .hasStatus(503)
                    .bodyJson()
                    .extractingPath("$.type")
                    .isEqualTo("urn:shop:problem:carrier-too-slow");
            assertThat(shop.get(checkout)).bodyJson().doesNotHavePath("$.address");
        }
    }
}
