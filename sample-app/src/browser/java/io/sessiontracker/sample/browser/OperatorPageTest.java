package io.sessiontracker.sample.browser;

import java.time.Instant;
import java.util.UUID;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.sample.Shop;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.sessiontracker.sample.browser.TwoWindows.says;
import static io.sessiontracker.sample.browser.TwoWindows.soon;
import static org.assertj.core.api.Assertions.assertThat;

/** An operator sees the same at either instance. */
@ExtendWith(TwoWindowsExtension.class)
class OperatorPageTest {

    private final String order = "o-" + UUID.randomUUID().toString().substring(0, 5);
    private final TwoWindows windows;
    private final Window first;
    private final Window second;

    OperatorPageTest(TwoWindows windows) {
        this.windows = windows;
        this.first = windows.first();
        this.second = windows.second();
    }

    @Test
    void shouldFinishResumeAndDeleteFromEitherInstance() {
        windows.start(first, order, "bob");
        windows.show("running", "$Key is '%s'".formatted(order));
        windows.shouldBothShow(order);

        first.press("Extend " + order);
        soon().untilAsserted(() -> assertThat(first.text("operator-message")).contains(order + " has an hour from now."));
        second.press("Finish " + order);
        windows.shouldBothShowNothing();
        assertThat(second.text("rows-empty")).isEqualTo("No checkout matches this filter.");
        first.press("lines", "Put into the cart");
        says(first, "(410, session-finished)");
        windows.show("finished", "$Key is '%s'".formatted(order));
        windows.shouldBothShow(order);
        first.press("Resume " + order);
        windows.shouldBothShowNothing();
        windows.show("running", "$Key is '%s'".formatted(order));
        windows.shouldBothShow(order);
        second.press("Delete " + order);
        second.agree();
        windows.shouldBothShowNothing();
        first.press("start", "Open a running one");
        says(first, "There is no such order.");
        says(first, "(404, session-not-found)");
    }

    @Test
    void shouldShowAnExpiryInBothWindows() {
        int before = Integer.parseInt(first.text("count-expired"));
        windows.one().tracker().start(new CheckoutSession(order), gone()).orElseThrow();

        soon().untilAsserted(() -> {
            assertThat(first.text("expired")).contains(order);
            assertThat(second.text("expired")).contains(order);
            assertThat(first.text("count-expired")).isEqualTo(second.text("count-expired"));
        });
        assertThat(Integer.parseInt(first.text("count-expired"))).isGreaterThan(before);
        assertThat(first.text("chart")).contains(" expired");
    }

    @Test
    void shouldShowTheEventsOfItsInstance() {
        windows.start(first, order, "ann");

        soon().untilAsserted(() -> assertThat(first.text("events")).contains("Started " + order + ", version 1"));
        assertThat(second.text("events")).doesNotContain(order);
    }

    @Test
    void shouldShowPositionOfFilterError() {
        first.type("filter", "filter", "customer is ann").press("filter", "Filter");

        soon().untilAsserted(() -> assertThat(first.text("filter-problem"))
                .startsWith("customer is ann\n" + " ".repeat(12) + "▲\n")
                .contains("(400, invalid-filter)"));
        first.type("filter", "filter", "customer is 'ann'").press("filter", "Filter");
        soon().untilAsserted(() -> assertThat(first.text("filter-problem")).isEmpty());
    }

    @Test
    void shouldFitPhoneAndDarkMode() {
        assertThat(second.fits(360)).isTrue();
        String light = second.background();
        second.prefer("dark");
        assertThat(second.background()).isNotEqualTo(light);
        second.prefer("light");
    }

    @Test
    void shouldReportStoppedInstance() {
        Shop third = windows.startShop();
        try (third;
                Window window = Window.open(third)) {
            soon().untilAsserted(() -> assertThat(window.text("connection")).isEqualTo("live"));
            third.close();

            soon().untilAsserted(() -> {
                assertThat(window.text("connection")).isEqualTo("reconnecting");
                assertThat(window.text("operator-message")).contains("does not answer", "What is shown is old");
            });
        }
    }

    private static SessionEntryOptions gone() {
        return SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(60));
    }
}
