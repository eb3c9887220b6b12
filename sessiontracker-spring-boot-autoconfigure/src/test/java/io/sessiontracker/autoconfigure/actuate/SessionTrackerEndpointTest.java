package io.sessiontracker.autoconfigure.actuate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint with unrestricted access and shown payloads. */
class SessionTrackerEndpointTest {

    private static Operator operator;

    private final SessionTracker tracker = operator.tracker();

    @BeforeAll
    static void start() {
        operator = Operator.exposed(
                "management.endpoint.sessiontracker.access=unrestricted",
                "management.endpoint.sessiontracker.show-payload=always",
                "session-tracker.types.checkout.sliding-expiration=none",
                "session-tracker.types.checkout.indexed-properties=tenant",
                "session-tracker.types.payment.queryable=false",
                "session-tracker.types.checkout.max-size=64KB",
                "session-tracker.types.checkout.near-cache.mode=validated",
                "session-tracker.types.checkout.lock.wait=2s");
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void shouldShowEffectiveSettings() {
        assertThat(operator.get("/sessiontracker")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                {
                  "namespace": "shop",
                  "store": "io.sessiontracker.memory.InMemorySessionDataProvider",
                  "storeDescription": {"blocking": false, "estimatedClock": false, "eventualIndexes": false},
                  "lockProvider": "io.sessiontracker.memory.InMemorySessionLockProvider",
                  "sweep": {"enabled": true, "interval": "PT10S", "lease": "PT1M", "batchSize": 100, "attempts": 5},
                  "types": {
                    "checkout": {
                      "sessionClass": "io.sessiontracker.autoconfigure.sessions.known.CheckoutSession",
                      "settings": {
                        "absoluteExpiration": "PT30M",
                        "slidingExpiration": "none",
                        "expiredRetention": "none",
                        "indexedProperties": ["tenant"],
                        "queryable": true,
                        "maxSize": 65536,
                        "nearCache": {"mode": "validated", "maxStaleness": "PT2S"},
                        "finished": {"absoluteExpiration": "PT24H", "slidingExpiration": "none"},
                        "lock": {"lease": "PT30S", "wait": "PT2S", "retry": "PT0.05S"}
                      }
                    }
                  }
                }
                """);
    }

    @Test
    void shouldCountSessionsOfTypeKnownByUse() {
        tracker.start(new CountedSession("one")).orElseThrow();
        tracker.start(new CountedSession("two")).orElseThrow();
        tracker.finish(CountedSession.class, "two").orElseThrow();

        assertThat(operator.get("/sessiontracker"))
                .bodyJson()
                .extractingPath("$.types.counted-session")
                .asMap()
                .containsEntry("running", 1)
                .containsEntry("finished", 1);
    }

    @Test
    void shouldShowATypeThatCannotBeCounted() {
        tracker.start(new PaymentSession("unindexed")).orElseThrow();

        assertThat(operator.get("/sessiontracker"))
                .bodyJson()
                .extractingPath("$.types.payment")
                .asMap()
                .doesNotContainKeys("running", "finished", "failure");
        assertThat(operator.get("/sessiontracker/payment"))
                .hasStatus(400)
                .bodyText()
                .contains("session-tracker.types.payment.queryable is false");
        assertThat(operator.get("/sessiontracker/payment/unindexed")).hasStatusOk();
    }

    @Test
    void shouldPageThroughFilteredSessions() {
        for (int i = 0; i < 3; i++) {
            tracker.start(checkout("page-" + i, "pages")).orElseThrow();
        }
        tracker.start(checkout("other", "others")).orElseThrow();
        String uri = "/sessiontracker/checkout?size=2&filter={filter}&after={cursor}";

        RestTestClientResponse first = operator.get(uri, "tenant is 'pages'", "");
        assertThat(first)
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.sessions")
                .asArray()
                .hasSize(2);
        String cursor = String.valueOf(read(first, "$.nextCursor"));
        RestTestClientResponse second = operator.get(uri, "tenant is 'pages'", cursor);
        assertThat(second).bodyJson().extractingPath("$.sessions").asArray().hasSize(1);
        assertThat(second).bodyJson().doesNotHavePath("$.nextCursor");
    }

    @Test
    void shouldFindFinishedSessions() {
        tracker.start(checkout("done", "finished")).orElseThrow();
        tracker.finish(CheckoutSession.class, "done").orElseThrow();

        assertThat(operator.get("/sessiontracker/checkout?filter={filter}", "tenant is 'finished'"))
                .bodyJson()
                .extractingPath("$.sessions")
                .asArray()
                .isEmpty();
        assertThat(operator.get("/sessiontracker/checkout?finished=true&filter={filter}", "tenant is 'finished'"))
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"sessions": [{"key": "done", "version": 1, "properties": {"tenant": "finished"}}]}
                        """);
        assertThat(operator.get("/sessiontracker/checkout/done")).hasStatus(404);
        assertThat(operator.get("/sessiontracker/checkout/done?finished=true"))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("finished");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter=tenant is acme", "size=0", "size=many", "after=nonsense"})
    void shouldRefuseInvalidQuery(String query) {
        assertThat(operator.get("/sessiontracker/checkout?" + query)).hasStatus(400);
    }

    @Test
    void shouldExplainInvalidRequest() {
        tracker.start(checkout("reasons", "reasons")).orElseThrow();

        assertReason(operator.get("/sessiontracker/stranger"), 404, "no session type \"stranger\"", "checkout");
        assertReason(operator.delete("/sessiontracker/stranger/key"), 404, "stranger", "checkout");
        assertReason(operator.get("/sessiontracker/checkout/missing"), 404, "no running session checkout/missing");
        assertReason(operator.get("/sessiontracker/checkout?filter=tenant is acme"), 400, "acme");
        assertReason(
                operator.post("/sessiontracker/checkout/reasons", Map.of("action", "vanish")),
                400,
                "\"finish\" or \"resume\"",
                "vanish");
        assertReason(operator.post("/sessiontracker/checkout/reasons", Map.of()), 400, "\"finish\" or \"resume\"");
        assertReason(operator.delete("/sessiontracker/checkout"), 400, "key");
    }

    private static void assertReason(RestTestClientResponse response, int status, String... parts) {
        assertThat(response).hasStatus(status);
        assertThat(String.valueOf(read(response, "$.error"))).contains(parts);
    }

    @Test
    void shouldReportUnknownTypeOrSession() {
        assertThat(operator.get("/sessiontracker/stranger")).hasStatus(404);
        assertThat(operator.get("/sessiontracker/stranger/key")).hasStatus(404);
        assertThat(operator.get("/sessiontracker/checkout/missing")).hasStatus(404);
        assertThat(operator.delete("/sessiontracker/checkout/missing")).hasStatus(404);
        assertThat(operator.post("/sessiontracker/checkout/missing", Map.of("action", "finish")))
                .hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tenant/7/cart", "with blank", "50% + ü", "{braces}"})
    void shouldAcceptAnyKey(String key) {
        tracker.start(checkout(key, "keys")).orElseThrow();

        assertThat(operator.get("/sessiontracker/checkout/" + encoded(key), (Object[]) key.split("/")))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.key")
                .isEqualTo(key);
        assertThat(operator.delete("/sessiontracker/checkout/" + encoded(key), (Object[]) key.split("/")))
                .hasStatus(204);
        assertThat(tracker.peek(CheckoutSession.class, key).isFailure()).isTrue();
    }

    @Test
    void shouldShowWhenASessionExpires() {
        CheckoutSession checkout = tracker.start(checkout("expiring", "expiry")).orElseThrow();
        String expiresAt = tracker.expire(checkout, SessionEntryOptions.sliding(Duration.ofMinutes(5)))
                .orElseThrow()
                .toString();

        assertThat(operator.get("/sessiontracker/checkout/expiring"))
                .bodyJson()
                .extractingPath("$.expiresAt")
                .isEqualTo(expiresAt);
        assertThat(operator.get("/sessiontracker/checkout?filter={filter}", "tenant is 'expiry'"))
                .bodyJson()
                .extractingPath("$.sessions[0].expiresAt")
                .isEqualTo(expiresAt);
        tracker.expire(checkout, SessionEntryOptions.none()).orElseThrow();
        assertThat(operator.get("/sessiontracker/checkout/expiring")).bodyJson().doesNotHavePath("$.expiresAt");
    }

    @Test
    void shouldShowTheApplicationsPropertiesOnly() {
        tracker.start(checkout("operated", "operations")).orElseThrow();
        tracker.modify(CheckoutSession.class, "operated", "message-1", checkout -> {})
                .orElseThrow();

        assertThat(operator.get("/sessiontracker/checkout/operated"))
                .bodyJson()
                .extractingPath("$.properties")
                .asMap()
                .containsOnlyKeys("tenant");
    }

    @Test
    void shouldShowLockHolder() {
        tracker.start(checkout("locked", "locks")).orElseThrow();
        assertThat(operator.get("/sessiontracker/checkout/locked"))
                .bodyJson()
                .extractingPath("$.lock.status")
                .isEqualTo("free");

        try (var lock = tracker.lock(CheckoutSession.class, "locked", LockOptions.defaults())
                .orElseThrow()) {
            assertThat(operator.get("/sessiontracker/checkout/locked"))
                    .bodyJson()
                    .extractingPath("$.lock")
                    .asMap()
                    .containsEntry("status", "held")
                    .containsEntry("holder", lock.id())
                    .containsKey("leaseLeft");
        }
    }

    @Test
    void shouldShowRedactedPayload() {
        tracker.start(new PaymentSession("payment-1")).orElseThrow();

        RestTestClientResponse response = operator.get("/sessiontracker/payment/payment-1");
        assertThat(response).hasStatusOk().bodyText().doesNotContain(PaymentSession.SECRET);
        assertThat(response).bodyJson().isLenientlyEqualTo("""
                {
                  "type": "payment",
                  "state": "running",
                  "properties": {"tenant": "acme", "customerSecret": "******"},
                  "payload": {
                    "street": "Unter den Linden",
                    "amount": 12.5,
                    "means": [{"kind": "visa", "Card_Number": "******"}],
                    "accessToken": "******"
                  }
                }
                """);
        assertThat(operator.get("/sessiontracker/payment")).bodyText().doesNotContain(PaymentSession.SECRET);
    }

    @Test
    void shouldFinishAndResumeAndDelete() {
        tracker.start(checkout("order-7", "moves")).orElseThrow();
        String uri = "/sessiontracker/checkout/order-7";

        assertThat(operator.post(uri, Map.of("action", "finish"))).hasStatus(204);
        assertThat(tracker.getFinished(CheckoutSession.class, "order-7").isSuccess())
                .isTrue();
        assertThat(operator.post(uri, Map.of("action", "finish")))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.error")
                .isEqualTo("The session checkout/order-7 is already finished");
        assertThat(operator.post(uri, Map.of("action", "resume"))).hasStatus(204);
        assertThat(tracker.peek(CheckoutSession.class, "order-7").isSuccess()).isTrue();
        assertThat(operator.delete(uri)).hasStatus(204);
        assertThat(tracker.peek(CheckoutSession.class, "order-7").failure())
                .get()
                .isInstanceOf(SessionError.NotFound.class);
    }

    @Test
    void shouldRefuseInvalidAction() {
        tracker.start(checkout("stays", "moves")).orElseThrow();

        assertThat(operator.post("/sessiontracker/checkout/stays", Map.of("action", "vanish")))
                .hasStatus(400);
        assertThat(operator.post("/sessiontracker/checkout/stays", Map.of())).hasStatus(400);
        assertThat(tracker.peek(CheckoutSession.class, "stays").isSuccess()).isTrue();
    }

    @Test
    void shouldDistinguishTypeFromSession() {
        tracker.start(checkout("alone", "alone")).orElseThrow();

        assertThat(operator.delete("/sessiontracker/checkout")).hasStatus(400);
        assertThat(operator.delete("/sessiontracker")).hasStatus(400);
        assertThat(tracker.peek(CheckoutSession.class, "alone").isSuccess()).isTrue();
    }

    @Test
    void shouldListReReadAndDeleteUnreadableSessions() {
        tracker.start(new BrokenSession("readable")).orElseThrow();
        store("broken-session", "broken", "{\"count\":\"s3cr3t\"}");
        store("broken-session", "newer", "{\"$version\":7,\"count\":\"s3cr3t\"}");
        String list = "/sessiontracker/broken-session?unreadable=true";

        RestTestClientResponse listed = operator.get(list);
        assertThat(listed).hasStatusOk().bodyText().doesNotContain("s3cr3t", "\"readable\"");
        assertThat(listed)
                .bodyJson()
                .extractingPath("$.sessions[*].key")
                .asArray()
                .containsExactlyInAnyOrder("broken", "newer");
        assertThat(listed).bodyText().contains("\\\"count\\\"", "version 7");
        assertThat(listed).bodyJson().doesNotHavePath("$.nextCursor");
        assertThat(operator.get("/sessiontracker/broken-session/broken"))
                .bodyJson()
                .extractingPath("$.unreadable")
                .asString()
                .contains("broken-session/broken", "\"count\"");

        store("broken-session", "broken", "{\"count\":1}");
        assertThat(operator.get("/sessiontracker/broken-session/broken"))
                .bodyJson()
                .doesNotHavePath("$.unreadable");
        assertThat(operator.delete("/sessiontracker/broken-session/newer")).hasStatus(204);
        assertThat(operator.get(list))
                .bodyJson()
                .extractingPath("$.sessions")
                .asArray()
                .isEmpty();
    }

    @Test
    void shouldPageThroughUnreadableSessions() {
        tracker.peek(PagedSession.class, "none").ifSuccess(it -> {});
        for (int i = 0; i < 3; i++) {
            store("paged-session", "poll-" + i, "[]");
        }
        String uri = "/sessiontracker/paged-session?unreadable=true&size=2&after={cursor}";

        RestTestClientResponse first = operator.get(uri, "");
        assertThat(first).bodyJson().extractingPath("$.checked").isEqualTo(2);
        RestTestClientResponse second = operator.get(uri, read(first, "$.nextCursor"));
        assertThat(second).bodyJson().extractingPath("$.sessions").asArray().hasSize(1);
        assertReason(operator.get(uri, "nonsense"), 400, "nonsense");
        assertReason(operator.get("/sessiontracker/paged-session?unreadable=true&size=0"), 400, "positive");
        assertReason(operator.get("/sessiontracker/paged-session?unreadable=true&filter=all"), 400, "filter");
    }

    static class BrokenSession extends Session {
        public int count;

        BrokenSession(String key) {
            super(key);
        }
    }

    static class PagedSession extends Session {
        PagedSession(String key) {
            super(key);
        }
    }

    private static void store(String type, String key, String json) {
        OperationToken token = OperationToken.random();
        SessionDataProvider store = operator.bean(SessionDataProvider.class);
        SessionAddress address = new SessionAddress(type, key);
        store.delete(address, SessionStates.BOTH, null, OperationToken.random(), false)
                .toCompletableFuture()
                .join();
        StoreReply reply = store.start(
                        address,
                        List.of(token.newSessionId()),
                        new SessionData(Map.of(), Set.of(), json.getBytes(StandardCharsets.UTF_8)),
                        Lifetimes.of(SessionEntryOptions.none(), null),
                        token,
                        false)
                .toCompletableFuture()
                .join();
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
    }

    @Test
    void shouldSweepNow() {
        assertThat(operator.post("/sessiontracker"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.expired")
                .isEqualTo(0);
    }

    @Test
    void shouldNotTouchShownSessions() {
        tracker.start(checkout("idle", "idle")).orElseThrow();
        operator.get("/sessiontracker/checkout/idle");

        StoreReply reply = operator.bean(SessionDataProvider.class)
                .get(new SessionAddress("checkout", "idle"), false)
                .toCompletableFuture()
                .join();
        assertThat(((StoreReply.Done) reply).session())
                .extracting(session -> session.version().version())
                .isEqualTo(1L);
    }

    private static CheckoutSession checkout(String key, String tenant) {
        CheckoutSession session = new CheckoutSession(key);
        session.getProperties().put("tenant", tenant);
        return session;
    }

    private static String encoded(String key) {
        return key.replaceAll("[^/]+", "{segment}");
    }

    private static Object read(RestTestClientResponse response, String path) {
        Object[] value = new Object[1];
        assertThat(response).bodyJson().extractingPath(path).satisfies(it -> value[0] = it);
        return value[0];
    }
}
