package io.sessiontracker.sample.checkout;

import java.time.Instant;
import java.util.UUID;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.sample.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ExpiredCheckoutsTest {

    @Test
    void shouldDeliverStateToOneOfTwoInstances(CapturedOutput output) {
        String order = "order-" + UUID.randomUUID();
        CheckoutSession checkout = new CheckoutSession(order);
        checkout.belongsTo("ann");
        checkout.putLine("tea", 2);
        Instant due = Instant.now().minusSeconds(60);
        Shop.first()
                .tracker()
                .start(checkout, SessionEntryOptions.absoluteAt(due))
                .orElseThrow();

        // Their own sweeps may be faster.
        int delivered = Shop.second().tracker().expireSessions()
                + Shop.first().tracker().expireSessions();

        assertThat(delivered).isLessThanOrEqualTo(1);
        assertThat(output).containsOnlyOnce("Checkout " + order + " expired: {customer=ann} {tea=2}");
    }

    @Test
    void shouldWriteJournal(CapturedOutput output) {
        String checkout = "/checkouts/order-" + UUID.randomUUID();
        assertThat(Shop.first().post(checkout)).hasStatus(201);
        assertThat(Shop.second().delete(checkout)).hasStatus(204);

        assertThat(output)
                .containsOnlyOnce("SessionStarted " + checkout.substring(11))
                .containsOnlyOnce("SessionDeleted " + checkout.substring(11));
    }
}
