package io.sessiontracker.sample;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LargeCheckoutTest {

    @Test
    void shouldRefuseAnArticleForWhichThereIsNoRoom() {
        String checkout = "/checkouts/order-" + UUID.randomUUID();
        try (Shop shop = Shop.start(
                "--shop.redis.port=" + Shop.first().redisPort(), "--session-tracker.types.checkout.max-size=200B")) {
            assertThat(shop.post(checkout)).hasStatus(201);
            assertThat(shop.put(checkout + "/lines/tea", Map.of("quantity", 1))).hasStatusOk();

            assertThat(shop.put(checkout + "/lines/" + "x".repeat(64), Map.of("quantity", 1)))
                    .hasStatusOk();
            assertThat(shop.put(checkout + "/lines/" + "y".repeat(64), Map.of("quantity", 1)))
                    .hasStatus(413)
                    .bodyJson()
                    .isLenientlyEqualTo("{\"type\": \"urn:shop:problem:session-too-large\", \"limit\": 200}");
            assertThat(shop.get(checkout))
                    .bodyJson()
                    .extractingPath("$.lines.tea")
                    .isEqualTo(1);
        }
    }
}
