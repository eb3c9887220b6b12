package io.sessiontracker.sample.checkout;

import java.time.Duration;
import java.util.UUID;

import io.sessiontracker.sample.Shop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A checkout that is about to expire is reminded of by one of two instances. */
@ExtendWith(OutputCaptureExtension.class)
class ExpiringCheckoutsTest {

    @Test
    void shouldRemindOfACheckoutBeforeItExpires(CapturedOutput output) {
        String order = "order-" + UUID.randomUUID();
        CheckoutSession checkout = new CheckoutSession(order);
        checkout.belongsTo("ann");
        checkout.remindBeforeExpiry(CheckoutSession.EXPIRING, Duration.ofDays(1));
        Shop.first().tracker().start(checkout).orElseThrow();

        // Their own sweeps may be faster.
        Shop.second().tracker().expireSessions();
        Shop.first().tracker().expireSessions();

        assertThat(output).containsOnlyOnce("Checkout " + order + " expires at ");
    }
}
