package io.sessiontracker.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Scanner;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class WatchedCheckoutTest {

    private final String checkout = "/checkouts/order-" + UUID.randomUUID();

    @Test
    void shouldShowWhatTheOtherInstanceChanges() throws Exception {
        assertThat(Shop.first().post(checkout)).hasStatus(201);
        try (Scanner states = watch(Shop.second())) {
            assertThat(next(states)).contains("\"version\":1");
            assertThat(Shop.first().put(checkout + "/lines/tea", Map.of("quantity", 2)))
                    .hasStatusOk();
            assertThat(next(states)).contains("\"version\":2", "\"tea\":2");
            assertThat(Shop.first().post(checkout + "/abandon")).hasStatus(204);
            assertThat(states.hasNext()).as("it ended").isFalse();
        }
    }

    @Test
    void shouldNotDelayShutdown() throws Exception {
        assertThat(Shop.first().post(checkout)).hasStatus(201);
        Shop shop = Shop.start("--shop.redis.port=" + Shop.first().redisPort());
        try (shop;
                Scanner states = watch(shop)) {
            assertThat(next(states)).contains("\"version\":1");
            shop.close();
            assertThat(states.hasNext()).as("it ended").isFalse();
        }
    }

    private static String next(Scanner states) {
        String line = states.nextLine();
        while (!line.startsWith("data:")) {
            line = states.nextLine();
        }
        return line;
    }

    private Scanner watch(Shop shop) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + shop.port() + checkout + "/watch");
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Scanner(response.body(), StandardCharsets.UTF_8);
    }
}
