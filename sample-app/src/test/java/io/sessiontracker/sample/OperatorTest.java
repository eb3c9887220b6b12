package io.sessiontracker.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.junit.jupiter.api.Test;
import org.springframework.test.json.AbstractJsonContentAssert;

import static io.sessiontracker.sample.ProblemDetailTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The operator's requests, served by the other instance. */
class OperatorTest {

    private final Shop first = Shop.first();
    private final Shop second = Shop.second();
    private final String order = "order-" + UUID.randomUUID();
    private final String checkout = "/checkouts/" + order;

    @Test
    void shouldShowLockHolderWithoutLocking() {
        assertThat(first.post(checkout + "?customer=olga")).hasStatus(201);
        try (var lock = first.tracker().lock(CheckoutSession.class, order).orElseThrow()) {
            assertFound("").isLenientlyEqualTo("""
                    {"checkouts": [{"version": 1, "properties": {"customer": "olga"}, "lines": 0,
                                    "lock": {"status": "held", "holder": "%s"}}]}""".formatted(lock.id()));
            assertFound("")
                    .extractingPath("$.checkouts[0].lock.leaseLeftMillis")
                    .asNumber()
                    .satisfies(left -> assertThat(left.longValue()).isBetween(1L, 10_000L));
        }
        await().untilAsserted(() ->
                assertFound("").isLenientlyEqualTo("{\"checkouts\": [{\"lock\": {\"status\": \"free\"}}]}"));
    }

    @Test
    void shouldShowWhenACheckoutExpiresAndExtendIt() {
        assertThat(first.post(checkout)).hasStatus(201);
        Instant before = expiresAt();
        assertThat(second.post(checkout + "/extend")).hasStatus(204);

        assertThat(expiresAt()).isAfter(before).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
    }

    private Instant expiresAt() {
        Instant[] moment = new Instant[1];
        assertFound("")
                .extractingPath("$.checkouts[0].expiresAt")
                .asString()
                .satisfies(it -> moment[0] = Instant.parse(it));
        return moment[0];
    }

    @Test
    void shouldShowFinishedSeparately() {
        assertThat(first.post(checkout)).hasStatus(201);
        assertThat(first.post(checkout + "/abandon")).hasStatus(204);

        assertFound("").doesNotHavePath("$.checkouts[0]");
        assertFound("&finished=true").extractingPath("$.checkouts[0].orderId").isEqualTo(order);
    }

    @Test
    void shouldCountExpiryOnceForBothInstances() {
        long before = expired(first);
        first.tracker()
                .start(
                        new CheckoutSession(order),
                        SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(60)))
                .orElseThrow();
        second.tracker().expireSessions();
        first.tracker().expireSessions();

        await().untilAsserted(() -> {
            assertThat(first.get("/operator/counts")).bodyText().containsOnlyOnce(order);
            assertThat(second.get("/operator/counts")).bodyText().containsOnlyOnce(order);
        });
        assertThat(expired(second)).isGreaterThan(before).isEqualTo(expired(first));
    }

    @Test
    void shouldReportInvalidFilterAndCursor() {
        assertProblem(first.get("/operator/checkouts?filter=customer is ann"), 400, "invalid-filter")
                .extractingPath("$.position")
                .isEqualTo(12);
        assertProblem(first.get("/operator/checkouts?after=nonsense"), 400, "invalid-cursor");
    }

    private AbstractJsonContentAssert<?> assertFound(String more) {
        var page = second.get("/operator/checkouts?filter=$Key is '%s'%s".formatted(order, more));
        assertThat(page).hasStatusOk();
        return assertThat(page).bodyJson();
    }

    private static long expired(Shop shop) {
        Number[] expired = new Number[1];
        assertThat(shop.get("/operator/counts"))
                .bodyJson()
                .extractingPath("$.expired")
                .asNumber()
                .satisfies(it -> expired[0] = it);
        return expired[0].longValue();
    }
}
