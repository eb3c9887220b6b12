package io.sessiontracker.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

import static io.sessiontracker.sample.ProblemDetailTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/** Searches checkouts and ends a customer's, at either instance. */
class ManyCheckoutsTest {

    private final Shop first = Shop.first();
    private final Shop second = Shop.second();
    private final String customer = "customer-" + UUID.randomUUID();

    @Test
    void shouldPageThroughCustomersCheckoutsAtEitherInstance() {
        List<String> orders = start(45);

        List<String> found = new ArrayList<>();
        RestTestClientResponse page = search(first, "");
        found.addAll(orderIds(page));
        assertThat(found).hasSize(20);
        page = search(second, "&after=" + next(page));
        found.addAll(orderIds(page));
        assertThat(found).hasSize(40);
        page = search(first, "&after=" + next(page));
        found.addAll(orderIds(page));

        assertThat(found).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(page).bodyJson().doesNotHavePath("$.next");
    }

    @Test
    void shouldFindByCountry() {
        String order = start(2).get(0);
        assertThat(first.put(
                        "/checkouts/" + order + "/address",
                        Map.of("street", "Kalverstraat 1", "city", "Amsterdam", "country", "NL")))
                .hasStatusOk();

        assertThat(orderIds(
                        second.get("/checkouts?filter=" + "country is 'NL' and customer is '%s'".formatted(customer))))
                .containsExactly(order);
    }

    @Test
    void shouldFindByOrders() {
        List<String> orders = start(2);

        assertThat(orderIds(second.get(
                        "/checkouts?order=%s&order=missing&order=%s".formatted(orders.get(1), orders.get(0)))))
                .containsExactly(orders.get(1), orders.get(0));
        assertProblem(first.get("/checkouts?order= "), 400, "invalid-request");
    }

    @Test
    void shouldFindTheNewestFirst() {
        List<String> orders = new ArrayList<>(start(3));
        Collections.reverse(orders);

        assertThat(orderIds(second.get("/checkouts?newest=true&filter=customer is '%s'".formatted(customer))))
                .isEqualTo(orders);
    }

    @Test
    void shouldFindByStart() {
        String order = start(1).get(0);

        assertThat(orderIds(second.get("/checkouts?filter=customer starts with '%s' and $StartTime gt '%s'"
                        .formatted(customer, Instant.now().minusSeconds(3600)))))
                .containsExactly(order);
    }

    @Test
    void shouldEndOnlyCustomersCheckouts() {
        String others = "order-" + UUID.randomUUID();
        assertThat(first.post("/checkouts/" + others + "?customer=" + customer + "-2"))
                .hasStatus(201);
        List<String> orders = start(3);

        assertThat(second.delete("/checkouts?customer=" + customer))
                .hasStatusOk()
                .bodyJson()
                .isEqualTo("{\"ended\": 3}");

        assertThat(first.get("/checkouts/" + orders.get(0))).hasStatus(404);
        assertThat(first.get("/checkouts/" + others)).hasStatusOk();
        assertThat(second.delete("/checkouts?customer=" + customer)).bodyJson().isEqualTo("{\"ended\": 0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"customer is ann | 12", "country | 7", "$Price is '1' | 0", "costumer is 'ann' | 0", "not | 3"})
    void shouldReportPositionOfFilterError(String filter, int position) {
        assertProblem(first.get("/checkouts?filter=" + filter), 400, "invalid-filter")
                .extractingPath("$.position")
                .isEqualTo(position);
    }

    @Test
    void shouldRefuseInvalidCursor() {
        assertProblem(first.get("/checkouts?after=nonsense"), 400, "invalid-cursor");
    }

    @Test
    void shouldRefuseACursorOfAnotherSearch() {
        start(21);
        String cursor = next(search(first, ""));

        assertProblem(first.get("/checkouts?filter=all&after=" + cursor), 400, "invalid-cursor");
    }

    @Test
    void shouldRefuseToEndAllCheckouts() {
        assertThat(first.delete("/checkouts")).hasStatus(400);
        assertProblem(first.delete("/checkouts?customer="), 400, "invalid-request");
    }

    private List<String> start(int count) {
        List<String> orders =
                IntStream.range(0, count).mapToObj(i -> customer + "-" + i).toList();
        for (String order : orders) {
            assertThat(first.post("/checkouts/" + order + "?customer=" + customer))
                    .hasStatus(201);
        }
        return orders;
    }

    private RestTestClientResponse search(Shop shop, String more) {
        RestTestClientResponse page = shop.get("/checkouts?filter=" + "customer is '%s'".formatted(customer) + more);
        assertThat(page).hasStatusOk();
        return page;
    }

    private static List<String> orderIds(RestTestClientResponse page) {
        return JsonPath.read(body(page), "$.checkouts[*].orderId");
    }

    private static String next(RestTestClientResponse page) {
        return JsonPath.read(body(page), "$.next");
    }

    private static String body(RestTestClientResponse response) {
        return new String(response.getExchangeResult().getResponseBodyContent(), StandardCharsets.UTF_8);
    }
}
