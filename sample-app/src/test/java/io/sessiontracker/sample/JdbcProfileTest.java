package io.sessiontracker.sample;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The shop on a database in a file. */
class JdbcProfileTest {

    private static final int NO_REDIS = 1;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepCheckoutsInTheDatabase() {
        try (Shop shop = start()) {
            assertThat(shop.post("/checkouts/anna?customer=anna")).hasStatus(201);
            assertThat(shop.put("/checkouts/anna/lines/tea", Map.of("quantity", 2)))
                    .hasStatusOk();
        }
        try (Shop restarted = start()) {
            assertThat(restarted.get("/checkouts/anna"))
                    .hasStatusOk()
                    .bodyText()
                    .contains("\"tea\"");
            assertThat(restarted.get("/checkouts?customer=anna"))
                    .hasStatusOk()
                    .bodyText()
                    .contains("\"anna\"");
        }
    }

    @Test
    void shouldBeHealthyWithoutRedis() {
        try (Shop shop = start()) {
            assertThat(shop.operate("/health"))
                    .hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.components")
                    .asMap()
                    .containsKeys("db", "sessionTracker")
                    .doesNotContainKey("redis");
        }
    }

    private Shop start() {
        return Shop.start(
                "--spring.profiles.active=jdbc",
                "--shop.database.file=" + directory.resolve("shop"),
                "--spring.data.redis.port=" + NO_REDIS);
    }
}
