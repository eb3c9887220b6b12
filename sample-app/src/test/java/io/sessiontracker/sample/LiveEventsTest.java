package io.sessiontracker.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import java.util.UUID;

import io.sessiontracker.sample.checkout.CheckoutSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** An open window receives the events of its instance. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class LiveEventsTest {

    private final String order = "order-" + UUID.randomUUID();

    @Test
    void shouldSendEventsOfItsInstance() throws Exception {
        try (Scanner events = open(Shop.first())) {
            assertThat(events.nextLine()).isIn(":open", "retry:2000");
            assertThat(Shop.first().post("/checkouts/" + order)).hasStatus(201);
            assertThat(Shop.second().post("/checkouts/" + order + "/abandon")).hasStatus(204);
            assertThat(Shop.first().delete("/checkouts/" + order)).hasStatus(204);

            assertThat(nextOfThisOrder(events)).contains("\"kind\":\"Started\"", "\"version\":1");
            assertThat(nextOfThisOrder(events)).contains("\"kind\":\"Deleted\"");
        }
    }

    @Test
    void shouldShowRemindersDeliveredHere() throws Exception {
        try (Scanner events = open(Shop.first())) {
            CheckoutSession checkout = new CheckoutSession(order);
            checkout.remindBeforeExpiry("expiring", Duration.ofDays(1));
            Shop.first().tracker().start(checkout).orElseThrow();
            String line;
            do {
                // Again and again, as the other instance may be faster.
                checkout.remindBeforeExpiry("expiring", Duration.ofDays(1));
                Shop.first().tracker().update(checkout).orElseThrow();
                Shop.first().tracker().expireSessions();
                line = nextOfThisOrder(events);
            } while (!line.contains("\"kind\":\"Reminder\""));
        }
    }

    @Test
    void shouldNotDelayShutdown(CapturedOutput output) throws Exception {
        Shop shop = Shop.start(
                "--shop.redis.port=" + Shop.first().redisPort(), "--spring.lifecycle.timeout-per-shutdown-phase=5s");
        try (shop;
                Scanner events = open(shop)) {
            assertThat(events.hasNextLine()).isTrue();
            shop.close();
        }
        assertThat(output).contains("Graceful shutdown complete").doesNotContain("Graceful shutdown aborted");
    }

    private String nextOfThisOrder(Scanner events) {
        String line = events.nextLine();
        while (!line.contains(order)) {
            line = events.nextLine();
        }
        return line;
    }

    private static Scanner open(Shop shop) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + shop.port() + "/operator/events");
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return new Scanner(response.body(), StandardCharsets.UTF_8);
    }
}
