package io.sessiontracker.sample;

import java.util.Map;
import java.util.UUID;

import io.sessiontracker.sample.checkout.CheckoutSession;
import io.sessiontracker.sample.support.SupportChatSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.json.AbstractJsonContentAssert;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON;

class ProblemDetailTest {

    private static final Map<String, String> ADDRESS =
            Map.of("street", "Main Street 1", "city", "Springfield", "country", "US");

    private final Shop shop = Shop.first();
    private final String order = "order-" + UUID.randomUUID();
    private final String checkout = "/checkouts/" + order;

    @BeforeEach
    void start() {
        assertThat(shop.post(checkout)).hasStatus(201);
    }

    @Test
    void shouldReportMissingCheckout() {
        assertProblem(shop.get("/checkouts/none-" + order), 404, "session-not-found")
                .isLenientlyEqualTo("""
                {
                  "status": 404,
                  "detail": "There is no session checkout/none-%1$s",
                  "instance": "/checkouts/none-%1$s",
                  "sessionType": "checkout",
                  "key": "none-%1$s"
                }""".formatted(order));
    }

    @Test
    void shouldReportFinishedCheckout() {
        assertThat(shop.post(checkout + "/abandon")).hasStatus(204);

        assertProblem(shop.get(checkout), 410, "session-finished");
    }

    @Test
    void shouldReportCheckoutInProgress() {
        assertProblem(shop.post(checkout), 409, "session-in-progress")
                .isLenientlyEqualTo("{\"version\": 1}")
                .hasPath("$.startedAt");
    }

    @Test
    void shouldNotResumeOverARunningCheckout() {
        assertThat(shop.post(checkout + "/abandon")).hasStatus(204);
        assertThat(shop.post(checkout)).hasStatus(201);

        assertProblem(shop.post(checkout + "/resume"), 409, "session-running");
    }

    @Test
    void shouldRefuseAStaleEntityTag() {
        String tag = Shop.entityTag(shop.get(checkout));
        assertThat(shop.put(checkout + "/address", ADDRESS)).hasStatusOk();

        assertProblem(shop.put(checkout + "/address", ADDRESS, tag), 412, "version-conflict")
                .isLenientlyEqualTo("{\"status\": 412, \"expected\": 1, \"actual\": 2}");
    }

    @Test
    void shouldRefuseTheEntityTagOfAnEarlierStart() {
        String tag = Shop.entityTag(shop.get(checkout));
        assertThat(shop.delete(checkout)).hasStatus(204);
        assertThat(shop.post(checkout)).hasStatus(201);

        assertProblem(shop.put(checkout + "/address", ADDRESS, tag), 412, "version-conflict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"1-x\"", "nonsense", "\"99999999999999999999-x\""})
    void shouldRefuseAForeignEntityTag(String tag) {
        assertProblem(shop.put(checkout + "/address", ADDRESS, tag), 412, "version-conflict");
    }

    @Test
    void shouldReportLockedCheckout() {
        try (var lock =
                Shop.second().tracker().lock(CheckoutSession.class, order).orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            assertProblem(shop.put(checkout + "/address", ADDRESS), 423, "session-locked")
                    .isLenientlyEqualTo("{\"lockStatus\": \"CONFLICTED\"}");
        }
        assertThat(shop.put(checkout + "/address", ADDRESS)).hasStatusOk();
    }

    @Test
    void shouldReportLockedChat() {
        Map<String, String> message = Map.of("author", "Bob", "text", "Hello");
        assertThat(shop.post("/support-chats/" + order + "/messages", message)).hasStatusOk();

        try (var lock =
                Shop.second().tracker().lock(SupportChatSession.class, order).orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            assertProblem(shop.post("/support-chats/" + order + "/answers", message), 423, "session-locked");
        }
    }

    @Test
    void shouldNotOrderAnIncompleteCheckout() {
        assertProblem(shop.post(checkout + "/order"), 422, "checkout-incomplete");
        assertThat(shop.get(checkout)).bodyJson().isLenientlyEqualTo("{\"version\": 1, \"ordered\": false}");
    }

    @Test
    void shouldNotResumeAnOrderedCheckout() {
        assertThat(shop.put(checkout + "/address", ADDRESS)).hasStatusOk();
        assertThat(shop.put(checkout + "/lines/tea", Map.of("quantity", 1))).hasStatusOk();
        assertThat(shop.post(checkout + "/order")).hasStatusOk();

        assertProblem(shop.post(checkout + "/resume"), 409, "checkout-ordered");
    }

    @Test
    void shouldReportInvalidField() {
        Map<String, String> address = Map.of("street", "Main Street 1", "city", "Springfield", "country", "usa");

        assertProblem(shop.put(checkout + "/address", address), 400, "invalid-request")
                .extractingPath("$.errors")
                .isEqualTo(Map.of("country", "must be a country code such as DE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "-a", "a+b", "ä", "65-characters-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void shouldRefuseInvalidId(String id) {
        assertProblem(shop.post("/checkouts/" + id), 400, "invalid-request").hasPath("$.errors.orderId");
    }

    @Test
    void shouldDescribeSpringsErrors() {
        assertThat(shop.put(checkout + "/address", "not a JSON object"))
                .hasStatus(415)
                .hasContentType(APPLICATION_PROBLEM_JSON);
    }

    static AbstractJsonContentAssert<?> assertProblem(RestTestClientResponse response, int status, String name) {
        assertThat(response).hasStatus(status).hasContentType(APPLICATION_PROBLEM_JSON);
        AbstractJsonContentAssert<?> body = assertThat(response).bodyJson();
        body.extractingPath("$.type").isEqualTo("urn:shop:problem:" + name);
        return body;
    }
}
