package io.sessiontracker.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.UUID;
import java.util.stream.Stream;

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
            assertThat(Stream.generate(states::nextLine)
                            .filter(line -> line.startsWith("event:"))
                            .findFirst())
                    .contains("event:ended");
            assertThat(rest(states))
                    .as("data, without which no browser notices")
                    .hasSize(1);
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
            assertThat(rest(states)).as("it ended, but not the checkout").isEmpty();
        }
    }

    /** Returns the lines until the response ends, without blank ones. */
    private static List<String> rest(Scanner states) {
        List<String> lines = new ArrayList<>();
        while (states.hasNextLine()) {
            lines.add(states.nextLine());
        }
        lines.removeIf(String::isBlank);
        return lines;
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
