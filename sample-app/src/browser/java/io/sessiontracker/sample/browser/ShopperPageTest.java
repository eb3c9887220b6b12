package io.sessiontracker.sample.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

import static io.sessiontracker.sample.browser.TwoWindows.says;
import static io.sessiontracker.sample.browser.TwoWindows.soon;
import static org.assertj.core.api.Assertions.assertThat;

/** A shopper switches between instances and competes with another shopper. */
@ExtendWith(TwoWindowsExtension.class)
class ShopperPageTest {

    private final String order = "o-" + UUID.randomUUID().toString().substring(0, 5);
    private final TwoWindows windows;
    private final Window first;
    private final Window second;

    ShopperPageTest(TwoWindows windows) {
        this.windows = windows;
        this.first = windows.first();
        this.second = windows.second();
    }

    @Test
    void shouldOrderThroughBothWindows() {
        windows.start(first, order, "ann");
        first.select("lines", "article", "cups").type("lines", "quantity", "3").press("lines", "Put into the cart");
        says(first, "It is in the cart.");
        windows.open(second, order);
        assertThat(second.text("checkout-lines")).isEqualTo("3 × cups");
        second.press("end", "Order");
        says(second, "The order needs an address and at least one article first.");
        second.press("address", "Save the address");
        says(second, "We ship there.");
        second.press("end", "Order");
        says(second, "Ordered. Thank you!");
        assertThat(second.text("checkout-state")).isEqualTo("ordered");

        first.press("lines", "Put into the cart");
        says(first, "(410, session-finished)");
        windows.show("finished", "$Key is '%s'".formatted(order));
        windows.shouldBothShow(order + " 4 country DE, customer ann, 1 article, ordered");
    }

    @Test
    void shouldShowSecondShopperThatFirstHoldsLock() throws IOException {
        makeItLookBusy();
        windows.start(first, order, "ann");
        first.press("lines", "Put into the cart");
        says(first, "It is in the cart.");
        windows.open(second, order);
        windows.show("running", "customer is 'ann'");
        windows.shouldBothShow(order);

        first.press("address", "Save the address");
        says(first, "Asking the carrier");
        second.press("address", "Save the address");
        says(second, "Someone else is changing this order right now.");
        says(second, "(423, session-locked)");
        windows.shouldBothShow("held by ");
        second.capture(Path.of(System.getProperty("page.screenshot")));

        says(first, "We ship there.");
        second.press("address", "Save the address");
        says(second, "(412, version-conflict)");
        windows.open(second, order);
        assertThat(second.text("checkout-address")).isEqualTo("Unter den Linden 1, Berlin, DE");
        windows.shouldBothShow(order + " 3 country DE, customer ann, 1 article");
    }

    @Test
    void shouldSayWhatHappensElsewhere() {
        windows.start(first, order, "ann");
        windows.open(second, order);
        assertThat(first.buttons()).doesNotContain("Show it");

        second.press("lines", "Put into the cart");
        says(second, "It is in the cart.");
        soon().untilAsserted(() -> assertThat(first.text("elsewhere")).isEqualTo("Changed elsewhere: version 2."));
        assertThat(first.text("checkout-lines")).isEqualTo("empty");
        assertThat(second.text("elsewhere")).isEmpty();
        first.press("checkout", "Show it");
        soon().untilAsserted(() -> assertThat(first.text("checkout-lines")).isEqualTo("1 × tea"));
        assertThat(first.text("elsewhere")).isEmpty();

        second.press("end", "Leave");
        says(second, "Put aside");
        soon().untilAsserted(() -> assertThat(first.text("elsewhere")).isEqualTo("Closed elsewhere."));
        assertThat(second.text("elsewhere")).isEmpty();
        first.press("checkout", "Show it");
        soon().untilAsserted(() -> assertThat(first.text("checkout-state")).isEqualTo("left"));
        assertThat(first.buttons()).containsExactly("Start", "Open a running one", "Come back");

        second.press("end", "Come back");
        says(second, "Where we left off.");
        assertThat(second.text("elsewhere")).isEmpty();
        first.press("end", "Come back");
        says(first, "This order is open already.");
    }

    @Test
    void shouldNoticeThatAnOrderWasStartedAnew() {
        windows.start(first, order, "ann");
        first.press("lines", "Put into the cart");
        says(first, "It is in the cart.");
        windows.one().tracker().delete(CheckoutSession.class, order).orElseThrow();
        windows.one().tracker().start(new CheckoutSession(order)).orElseThrow();

        soon().untilAsserted(() -> assertThat(first.text("elsewhere"))
                .isIn("Changed elsewhere: version 1.", "Closed elsewhere."));
    }

    @Test
    void shouldOfferOnlyWhatMakesSenseNow() {
        windows.start(first, order, "ann");
        assertThat(first.buttons())
                .containsExactly("Start", "Open a running one", "Put into the cart", "Save the address", "Order", "Leave");

        first.press("end", "Leave");
        says(first, "Put aside");
        assertThat(first.buttons()).containsExactly("Start", "Open a running one", "Come back");
    }

    @Test
    void shouldOpenTheSameCheckoutInSecondWindow() {
        windows.start(first, order, "ann");

        first.pressForNewWindow("second-window");
        says(first, "This is its present state.");
        assertThat(first.text("checkout-id")).isEqualTo(order);
        first.closeNewWindow();
    }

    @Test
    void shouldWorkWithTheKeyboard() {
        first.type("start", "orderId", order).type("start", "customer", "ann");
        first.keys(Keys.ENTER);
        says(first, "Started.");
        first.keys(Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(first.focus()).isEqualTo("article");
        first.keys("kettle", Keys.TAB, Keys.TAB);
        assertThat(first.focus()).isEqualTo("Put into the cart");
        first.keys(Keys.ENTER);
        says(first, "It is in the cart.");
        assertThat(first.text("checkout-lines")).isEqualTo("1 × kettle");

        windows.show("running", "$Key is '%s'".formatted(order));
        windows.shouldBothShow(order);
        first.focus("Finish " + order);
        first.keys(Keys.SPACE);
        soon().untilAsserted(() -> assertThat(first.rows()).isEmpty());
        assertThat(first.focus()).startsWith("Running checkouts: 0");
    }

    /** Creates checkouts of every kind, for the screenshot. */
    private void makeItLookBusy() {
        for (int i = 1; i <= 6; i++) {
            String path = "/checkouts/%s-%d".formatted(order, i);
            assertThat(windows.one().post(path + "?customer=ann")).hasStatus(201);
            if (i > 4) {
                assertThat(windows.one().post(path + "/abandon")).hasStatus(204);
            }
        }
        windows.one().tracker().start(new CheckoutSession(order + "-7"), gone()).orElseThrow();
        soon().untilAsserted(() -> assertThat(second.text("expired")).contains(order + "-7"));
    }

    private static SessionEntryOptions gone() {
        return SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(60));
    }
}
