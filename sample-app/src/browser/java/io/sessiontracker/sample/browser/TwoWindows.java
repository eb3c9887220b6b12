package io.sessiontracker.sample.browser;

import java.time.Duration;

import io.sessiontracker.sample.Shop;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances of the shop, each with a browser window. */
final class TwoWindows implements AutoCloseable {

    // Longer than the wait for the lock, and than a slow machine takes between two clicks.
    private static final String SLOW_CARRIER = "--shop.carrier.answers-after=6s";
    private static final String SWEEP = "--session-tracker.sweep.interval=1s";

    private final String redis = "--shop.redis.port=" + Shop.freePort();
    private final Shop one = startShop();
    private final Shop two = startShop();
    private final Window first = Window.open(one);
    private final Window second = Window.open(two);

    Shop one() {
        return one;
    }

    /** Returns the window of the first instance. */
    Window first() {
        return first;
    }

    /** Returns the window of the second instance. */
    Window second() {
        return second;
    }

    /** Starts another instance with the same sessions. */
    Shop startShop() {
        return Shop.start(redis, SLOW_CARRIER, SWEEP);
    }

    static void says(Window window, String text) {
        soon().untilAsserted(() -> assertThat(window.message()).contains(text));
    }

    void start(Window window, String order, String customer) {
        window.type("start", "orderId", order)
                .type("start", "customer", customer)
                .press("start", "Start");
        says(window, "Started.");
    }

    void open(Window window, String order) {
        window.type("start", "orderId", order).press("start", "Open a running one");
        says(window, "This is its present state.");
    }

    /** Sets both operators' filters. */
    void show(String which, String filter) {
        for (Window window : new Window[] {first, second}) {
            window.select("filter", "which", which)
                    .type("filter", "filter", filter)
                    .press("filter", "Filter");
        }
    }

    /** Waits until both tables have a row with this text. */
    void shouldBothShow(String row) {
        soon().untilAsserted(() -> {
            assertThat(first.rows()).anySatisfy(it -> assertThat(it).contains(row));
            assertThat(second.rows()).anySatisfy(it -> assertThat(it).contains(row));
        });
    }

    void shouldBothShowNothing() {
        soon().untilAsserted(() -> {
            assertThat(first.rows()).isEmpty();
            assertThat(second.rows()).isEmpty();
        });
    }

    void shouldHaveNoComplaints() {
        assertThat(first.complaints()).isEmpty();
        assertThat(second.complaints()).isEmpty();
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    @Override
    public void close() {
        first.close();
        second.close();
        two.close();
        one.close();
    }
}
