package io.sessiontracker.sample;

import java.util.UUID;

import io.sessiontracker.otherrelease.OtherRelease;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.sample.ProblemDetailTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

class BrokenStoreTest {

    @Test
    void shouldStartWithoutRedisAndReportIt() {
        try (Shop shop =
                Shop.start("--spring.data.redis.port=" + Shop.freePort(), "--spring.data.redis.timeout=200ms")) {
            assertProblem(shop.get("/checkouts/order-1"), 503, "store-unavailable");
        }
    }

    @Test
    void shouldKeepUnreadableCheckout() {
        String order = "order-" + UUID.randomUUID();
        OtherRelease.startCheckout(Shop.first().redisPort(), order);

        for (int i = 0; i < 2; i++) {
            assertProblem(Shop.first().get("/checkouts/" + order), 500, "session-unreadable")
                    .isLenientlyEqualTo("{\"sessionType\": \"checkout\", \"key\": \"%s\"}".formatted(order));
        }
        String endpoint = "/sessiontracker/checkout";
        assertThat(Shop.first().operate(endpoint + "?unreadable=true"))
                .hasStatusOk()
                .bodyText()
                .contains(order, "\\\"lines\\\"");
        assertThat(Shop.first().operate(endpoint + "/" + order))
                .bodyJson()
                .extractingPath("$.unreadable")
                .asString()
                .contains(order);
    }
}
