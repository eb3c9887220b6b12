package io.sessiontracker.sample;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Actuator has a separate port. */
class OperationsTest {

    private final Shop shop = Shop.first();
    private final String key = "key-" + UUID.randomUUID();

    @Test
    void shouldShowMetersOfCheckout() {
        assertThat(shop.post("/checkouts/" + key)).hasStatus(201);
        assertThat(shop.put("/checkouts/" + key + "/lines/tea", Map.of("quantity", 2)))
                .hasStatusOk();
        assertThat(shop.post("/checkouts/" + key + "/abandon")).hasStatus(204);

        assertThat(shop.operate("/prometheus"))
                .hasStatusOk()
                .bodyText()
                .containsPattern("session_tracker_operations_seconds_count\\{.*operation=\"start\",outcome=\"success\","
                        + "type=\"checkout\"\\} [1-9]")
                .containsPattern("session_tracker_sessions\\{.*type=\"checkout\"\\} [0-9]")
                .contains("session_tracker_conflicts_total", "session_tracker_expirations_total")
                .doesNotContain(key);
    }

    @Test
    void shouldShowSessionsWithoutState() {
        assertThat(shop.post("/checkouts/" + key + "?customer=carl")).hasStatus(201);

        assertThat(shop.operate("/sessiontracker/checkout/" + key))
                .hasStatusOk()
                .bodyText()
                .contains("\"customer\":\"carl\"", "\"status\":\"free\"")
                .doesNotContain("payload\"");
        assertThat(Shop.second().operate("/sessiontracker")).bodyText().contains("\"support-chat\"", "PT20M");
    }

    @Test
    void shouldShowTheHealthOfLocksAndSweeps() {
        assertThat(shop.operate("/health"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.components.sessionTracker.components")
                .asMap()
                .containsOnlyKeys("lock", "sweep");
    }

    @Test
    void shouldServeOperatorsOnSeparatePort() {
        assertThat(shop.managementPort()).isNotEqualTo(shop.port());
        assertThat(shop.get("/actuator/health")).hasStatus(404);
    }
}
