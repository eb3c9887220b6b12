package io.sessiontracker.sample;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each step is served by the other instance. */
class TwoInstancesTest {

    private static final Map<String, String> ADDRESS =
            Map.of("street", "Unter den Linden 1", "city", "Berlin", "country", "DE");

    private final Shop first = Shop.first();
    private final Shop second = Shop.second();
    private final String order = "order-" + UUID.randomUUID();
    private final String checkout = "/checkouts/" + order;

    @Test
    void shouldTakeCheckoutFromStartToOrder() {
        assertThat(first.post(checkout)).hasStatus(201).hasHeader("Location", checkout);
        assertThat(second.put(checkout + "/lines/tea", quantity(2))).hasStatusOk();
        assertThat(first.put(checkout + "/address", ADDRESS)).hasStatusOk();
        assertThat(second.post(checkout + "/abandon")).hasStatus(204);
        assertThat(first.get(checkout)).hasStatus(410);
        assertThat(second.post(checkout + "/resume")).hasStatusOk();
        assertThat(first.post(checkout + "/order")).hasStatusOk();
        assertThat(second.get(checkout + "/finished")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {
                  "version": 4,
                  "lines": {"tea": 2},
                  "address": {"street": "Unter den Linden 1", "city": "Berlin", "country": "DE"},
                  "shippingCents": 490,
                  "ordered": true
                }""");
    }

    @Test
    void shouldKeepConcurrentlyAddedLines() {
        assertThat(first.post(checkout)).hasStatus(201);

        IntStream.rangeClosed(1, 8)
                .parallel()
                .forEach(i -> assertThat((i % 2 == 0 ? first : second).put(checkout + "/lines/" + i, quantity(i)))
                        .hasStatusOk());

        // Changes that wait for each other in one instance share a version.
        assertThat(second.get(checkout)).bodyJson().isLenientlyEqualTo("""
                {"lines": {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8}}""");
    }

    @Test
    void shouldAcceptEntityTagOfOtherInstance() {
        assertThat(first.post(checkout)).hasStatus(201);
        String tag = Shop.entityTag(first.get(checkout));

        assertThat(second.put(checkout + "/address", ADDRESS, tag)).hasStatusOk();
    }

    @Test
    void shouldForgetADeletedCheckout() {
        assertThat(first.post(checkout)).hasStatus(201);
        assertThat(second.delete(checkout)).hasStatus(204);
        assertThat(first.get(checkout)).hasStatus(404);
        assertThat(first.delete(checkout)).hasStatus(404);
    }

    @Test
    void shouldCarryChat() {
        String chat = "/support-chats/" + order;
        assertThat(first.post(chat + "/messages", message("Ann"))).hasStatusOk();
        assertThat(second.post(chat + "/messages", message("Ann"))).hasStatusOk();
        assertThat(first.post(chat + "/answers", message("Bob"))).hasStatusOk();
        assertThat(second.post(chat + "/heartbeat")).hasStatus(204);
        assertThat(first.get(chat)).hasStatusOk();
        assertThat(second.post(chat + "/close")).hasStatusOk();
        assertThat(first.get(chat + "/transcript")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {"messages": [{"author": "Ann"}, {"author": "Ann"}, {"author": "Bob"}]}""");
    }

    private static Map<String, Integer> quantity(int quantity) {
        return Map.of("quantity", quantity);
    }

    private static Map<String, String> message(String author) {
        return Map.of("author", author, "text", "Hello");
    }
}
