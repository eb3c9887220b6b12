package io.sessiontracker.sample;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The shop on DynamoDB Local. */
class DynamoDbProfileTest {

    private static final int NO_REDIS = 1;
    private static final int FREE = 0;

    @Test
    void shouldKeepCheckoutsInDynamoDb() {
        try (Shop shop = Shop.start(
                "--spring.profiles.active=dynamodb",
                "--shop.dynamodb.port=" + FREE,
                "--spring.data.redis.port=" + NO_REDIS)) {
            assertThat(shop.post("/checkouts/anna?customer=anna")).hasStatus(201);
            assertThat(shop.put("/checkouts/anna/lines/tea", Map.of("quantity", 2)))
                    .hasStatusOk();
            assertThat(shop.get("/checkouts/anna")).hasStatusOk().bodyText().contains("\"tea\"");
            assertThat(shop.get("/checkouts?customer=anna"))
                    .hasStatusOk()
                    .bodyText()
                    .contains("\"anna\"");
            assertThat(shop.operate("/health"))
                    .hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.components")
                    .asMap()
                    .containsKeys("dynamoDb", "sessionTracker")
                    .doesNotContainKeys("redis", "db");
        }
    }
}
