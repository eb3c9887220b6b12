package io.sessiontracker.sample.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.sample.Shop;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import static org.assertj.core.api.Assertions.assertThat;

/** Two windows, each at an instance of its own. */
class PageTest {

    private static final String REDIS = "--shop.redis.port=" + Shop.freePort();
    // Longer than a second shopper waits for the lock, and than a slow machine takes from one click to the next.
    private static final String SLOW_CARRIER = "--shop.carrier.answers-after=6s";
    private static final String SWEEP = "--session-tracker.sweep.interval=1s";

    private static Shop one;
    private static Shop two;
    private static Window first;
    private static Window second;

    private final String order = "order-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void open() {
        one = Shop.start(REDIS, SLOW_CARRIER, SWEEP);
        two = Shop.start(REDIS, SLOW_CARRIER, SWEEP);
        first = Window.open(one);
        second = Window.open(two);
        soon().untilAsserted(() -> {
            assertThat(first.text("connection")).isEqualTo("live");
            assertThat(second.text("connection")).isEqualTo("live");
        });
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable opened : new AutoCloseable[] {first, second, two, one}) {
            if (opened != null) {
                opened.close();
            }
        }
    }

    @AfterEach
    void shouldHaveCausedNoComplaint() {
        assertThat(first.complaints()).isEmpty();
        assertThat(second.complaints()).isEmpty();
    }

    @Test
    void shouldTakeACheckoutFromTheStartToTheOrderThroughBothWindows() {
        start(first, "ann");
        first.select("lines", "article", "cups").type("lines", "quantity", "3").press("lines", "Put into the cart");
        says(first, "It is in the cart.");
        open(second);
        assertThat(second.text("checkout-lines")).isEqualTo("3 × cups");
        second.press("end", "Order");
        says(second, "needs an address and at least one line (422, checkout-incomplete)");
        second.press("address", "Save the address");
        says(second, "We ship there.");
        second.press("end", "Order");
        says(second, "Ordered. Thank you!");
        assertThat(second.text("checkout-state")).isEqualTo("ordered");

        first.press("lines", "Put into the cart");
        says(first, "(410, session-finished)");
        show("finished", "$Key is '%s'".formatted(order));
        bothShow(order + " 4 customer ann, country DE, 1 article, ordered");
    }

    @Test
    void shouldTellTheSecondOfTwoShoppersThatTheFirstHoldsTheLock() throws IOException {
        makeItLookBusy();
        start(first, "ann");
        first.press("lines", "Put into the cart");
        says(first, "It is in the cart.");
        open(second);
        show("running", "customer is 'ann'");
        bothShow(order);

        first.press("address", "Save the address");
        says(first, "Asking the carrier");
        second.press("address", "Save the address");
        says(second, "(423, session-locked)");
        bothShow("held by ");
        second.capture(Path.of(System.getProperty("browser.screenshot")));

        says(first, "We ship there.");
        second.press("address", "Save the address");
        says(second, "(412, version-conflict)");
        open(second);
        assertThat(second.text("checkout-address")).isEqualTo("Unter den Linden 1, Berlin, DE");
        bothShow(order + " 3 customer ann, country DE, 1 article");
    }

    @Test
    void shouldFinishResumeAndDeleteWhereverTheOperatorSits() {
        start(first, "bob");
        show("running", "$Key is '%s'".formatted(order));
        bothShow(order);

        second.press("Finish " + order);
        bothShowNothing();
        first.press("lines", "Put into the cart");
        says(first, "(410, session-finished)");
        show("finished", "$Key is '%s'".formatted(order));
        bothShow(order);
        first.press("Resume " + order);
        bothShowNothing();
        show("running", "$Key is '%s'".formatted(order));
        bothShow(order);
        second.press("Delete " + order);
        second.agree();
        bothShowNothing();
        first.press("start", "Open a running one");
        says(first, "There is no session checkout/%s (404, session-not-found)".formatted(order));
    }

    @Test
    void shouldShowAnExpiryInBothWindows() {
        int before = Integer.parseInt(first.text("count-expired"));
        one.tracker().start(new CheckoutSession(order), gone()).orElseThrow();

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
        start(first, "ann");

        soon().untilAsserted(() -> assertThat(first.text("events")).contains("Started " + order + ", version 1"));
        assertThat(second.text("events")).doesNotContain(order);
    }

    @Test
    void shouldPointAtWhereAFilterIsWrong() {
        first.type("filter", "filter", "customer is ann").press("filter", "Filter");

        soon().untilAsserted(() -> assertThat(first.text("filter-problem"))
                .startsWith("customer is ann\n" + " ".repeat(12) + "▲\n")
                .contains("(400, invalid-filter)"));
        first.type("filter", "filter", "customer is 'ann'").press("filter", "Filter");
        soon().untilAsserted(() -> assertThat(first.text("filter-problem")).isEmpty());
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

        show("running", "$Key is '%s'".formatted(order));
        bothShow(order);
        first.focus("Finish " + order);
        first.keys(Keys.SPACE);
        soon().untilAsserted(() -> assertThat(first.rows()).isEmpty());
        assertThat(first.focus()).startsWith("Running checkouts: 0");
    }

    @Test
    void shouldFitAPhoneAndBeReadInTheDark() {
        assertThat(second.fits(360)).isTrue();
        String light = second.background();
        second.prefer("dark");
        assertThat(second.background()).isNotEqualTo(light);
        second.prefer("light");
    }

    @Test
    void shouldSayThatItsInstanceIsGone() {
        Shop third = Shop.start(REDIS);
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

    private void start(Window window, String customer) {
        window.type("start", "orderId", order)
                .type("start", "customer", customer)
                .press("start", "Start");
        says(window, "Started.");
    }

    private void open(Window window) {
        window.type("start", "orderId", order).press("start", "Open a running one");
        says(window, "This is what the shop knows.");
    }

    private static void says(Window window, String text) {
        soon().untilAsserted(() -> assertThat(window.text("shopper-message")).contains(text));
    }

    private static void show(String which, String filter) {
        for (Window window : new Window[] {first, second}) {
            window.select("filter", "which", which)
                    .type("filter", "filter", filter)
                    .press("filter", "Filter");
        }
    }

    private static void bothShow(String row) {
        soon().untilAsserted(() -> {
            assertThat(first.rows()).anySatisfy(it -> assertThat(it).contains(row));
            assertThat(second.rows()).anySatisfy(it -> assertThat(it).contains(row));
        });
    }

    private static void bothShowNothing() {
        soon().untilAsserted(() -> {
            assertThat(first.rows()).isEmpty();
            assertThat(second.rows()).isEmpty();
        });
    }

    /** Some of every kind, for the picture. */
    private void makeItLookBusy() {
        for (int i = 1; i <= 6; i++) {
            String path = "/checkouts/%s-%d".formatted(order, i);
            assertThat(two.post(path + "?customer=ann")).hasStatus(201);
            if (i > 4) {
                assertThat(two.post(path + "/abandon")).hasStatus(204);
            }
        }
        one.tracker().start(new CheckoutSession(order + "-7"), gone()).orElseThrow();
        soon().untilAsserted(() -> assertThat(second.text("expired")).contains(order + "-7"));
    }

    private static SessionEntryOptions gone() {
        return SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(60));
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }
}
