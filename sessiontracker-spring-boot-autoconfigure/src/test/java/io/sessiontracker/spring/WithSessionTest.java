package io.sessiontracker.spring;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionErrorException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.WithSession;
import io.sessiontracker.WithSessionException;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.WithSessionAutoConfiguration;
import io.sessiontracker.contract.OwnThread;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A session is read, passed to the method, stored and unlocked. */
class WithSessionTest {

    private static ConfigurableApplicationContext context;

    private final SessionTracker tracker = context.getBean(SessionTracker.class);
    private final Orders orders = context.getBean(Orders.class);

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .run("--session-tracker.store=memory", "--session-tracker.namespace=shop");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void startASession() {
        var unused = tracker.delete(OrderSession.class, "order-7");
        tracker.start(new OrderSession("order-7")).orElseThrow();
    }

    @Test
    void shouldPassSessionAndStoreIt() {
        assertThat(orders.change("order-7", null, order -> order.note = "shipped"))
                .isEqualTo("order-7 shipped");

        assertThat(stored()).isEqualTo("shipped");
    }

    @Test
    void shouldHoldLockDuringMethod() {
        orders.changeLocked(new Request("order-7"), null, order -> {
            assertThat(tracker.lock(OrderSession.class, "order-7").failure())
                    .get()
                    .isInstanceOf(SessionError.LockNotAcquired.class);
            order.note = "locked";
        });

        assertThat(stored()).isEqualTo("locked");
        assertFree();
    }

    @Test
    void shouldJoinLockAndSessionOfOuterMethod() {
        Request request = new Request("order-7");
        orders.changeLocked(request, null, outer -> {
            outer.note = "outer";
            orders.changeLocked(request, null, inner -> {
                assertThat(inner).isSameAs(outer);
                inner.note += ", inner";
            });
            assertThat(stored()).isEqualTo("outer, inner");
            assertThat(tracker.lock(OrderSession.class, "order-7").isFailure()).isTrue();
            outer.note += ", outer again";
        });

        assertThat(stored()).isEqualTo("outer, inner, outer again");
        assertFree();
    }

    @Test
    void shouldJoinNoLockOfAnotherThreadOrSession() {
        tracker.start(new OrderSession("order-8")).orElseThrow();
        orders.changeLocked(new Request("order-7"), null, outer -> {
            orders.changeLocked(
                    new Request("order-8"),
                    null,
                    other -> assertThat(other.getKey()).isEqualTo("order-8"));
            assertThatThrownBy(() -> CompletableFuture.runAsync(
                                    () -> orders.changeLocked(new Request("order-7"), null, inner -> {}),
                                    OwnThread::run)
                            .join())
                    .hasCauseInstanceOf(WithSessionException.class);
        });
        assertFree();
        var unused = tracker.delete(OrderSession.class, "order-8");
    }

    @Test
    void shouldReleaseLockIfJoinedMethodThrows() {
        Request request = new Request("order-7");
        assertThatThrownBy(() -> orders.changeLocked(
                        request,
                        null,
                        outer -> orders.changeLocked(request, null, inner -> {
                            throw new IllegalArgumentException("inner");
                        })))
                .hasMessage("inner");

        assertFree();
    }

    @Test
    void shouldLeaveNoLockOfAnInterruptedCaller() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            Thread caller = new Thread(() -> {
                begun.countDown();
                try {
                    orders.changeLocked(new Request("order-7"), null, order -> order.note = "changed");
                } catch (RuntimeException interrupted) {
                    assertThat(interrupted).isInstanceOf(SessionTrackerException.class);
                }
            });
            caller.start();
            begun.await();
            caller.interrupt();
            caller.join();
            assertFree();
        }
    }

    @Test
    void shouldReleaseLockAndStoreNothingIfMethodThrows() {
        IllegalArgumentException thrown = new IllegalArgumentException("no such address");
        assertThatThrownBy(() -> orders.changeLocked(new Request("order-7"), null, order -> {
                    order.note = "lost";
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(stored()).isEmpty();
        assertFree();
    }

    @Test
    void shouldReleaseTheLockIfTheSessionCannotBeStored() {
        assertThatThrownBy(() -> orders.changeLocked(new Request("order-7"), null, order -> overtake()))
                .isInstanceOf(WithSessionException.class);

        assertFree();
    }

    @Test
    void shouldNameMethodOfMissingSession() {
        assertThatExceptionOfType(WithSessionException.class)
                .isThrownBy(() -> orders.change("missing", null, order -> {}))
                .withMessage("%s.change(String, OrderSession, Consumer): There is no session order-session/missing"
                        .formatted(Orders.class.getName()))
                .satisfies(failed -> {
                    assertThat(failed).isInstanceOf(SessionErrorException.class);
                    assertThat(failed.error()).isInstanceOf(SessionError.NotFound.class);
                    assertThat(failed.method()).contains("change(String, OrderSession, Consumer)");
                });
    }

    @Test
    void shouldReportUnavailableLock() {
        try (var lock = tracker.lock(OrderSession.class, "order-7").orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            assertThatExceptionOfType(WithSessionException.class)
                    .isThrownBy(() -> orders.changeLocked(new Request("order-7"), null, order -> {}))
                    .satisfies(failed -> assertThat(failed.error()).isInstanceOf(SessionError.LockNotAcquired.class));
        }
    }

    @Test
    void shouldNotRepeatByDefault() {
        assertThatExceptionOfType(WithSessionException.class)
                .isThrownBy(() -> orders.change("order-7", null, order -> overtake()))
                .satisfies(failed -> assertThat(failed.error()).isInstanceOf(SessionError.VersionConflict.class));

        assertThat(stored()).isEqualTo("overtaken");
    }

    @Test
    void shouldRepeatWithCurrentSession() {
        List<String> seen = orders.changeRepeatedly("order-7", null, attempt -> {
            if (attempt < 3) {
                overtake();
            }
        });

        assertThat(seen).containsExactly("", "overtaken", "overtaken");
        assertThat(stored()).isEqualTo("attempt 3");
    }

    @Test
    void shouldStopAfterAllowedAttempts() {
        assertThatExceptionOfType(WithSessionException.class)
                .isThrownBy(() -> orders.changeRepeatedly("order-7", null, attempt -> overtake()))
                .satisfies(failed -> assertThat(failed.error()).isInstanceOf(SessionError.VersionConflict.class));
        assertThat(orders.attempts()).isEqualTo(3);
    }

    @Test
    void shouldNotStoreIfDisabled() {
        assertThat(orders.read("order-7", null)).isEqualTo(1);
        assertThat(tracker.peek(OrderSession.class, "order-7").orElseThrow().getVersion())
                .isEqualTo(1);
    }

    @Test
    void shouldStartMissingSession() {
        tracker.delete(OrderSession.class, "order-7").orElseThrow();

        orders.started("order-7", null, order -> order.note = "new");
        assertThat(stored()).isEqualTo("new");

        orders.started("order-7", null, order -> order.note += "er");
        assertThat(stored()).isEqualTo("newer");
    }

    @Test
    void shouldStartMissingSessionUnderLock() {
        tracker.delete(OrderSession.class, "order-7").orElseThrow();

        orders.startedLocked("order-7", null, order -> {
            assertThat(tracker.lock(OrderSession.class, "order-7").isFailure()).isTrue();
            orders.startedLocked("order-7", null, inner -> assertThat(inner).isSameAs(order));
            order.note = "locked";
        });

        assertThat(stored()).isEqualTo("locked");
        assertFree();
    }

    @Test
    void shouldKeepStartedSessionIfMethodThrows() {
        tracker.delete(OrderSession.class, "order-7").orElseThrow();

        assertThatThrownBy(() -> orders.startedLocked("order-7", null, order -> {
                    order.note = "lost";
                    throw new IllegalArgumentException("no such address");
                }))
                .hasMessage("no such address");

        assertThat(stored()).isEmpty();
        assertFree();
    }

    @Test
    void shouldEvaluateCompositeKey() {
        tracker.start(new OrderSession("eu-7")).orElseThrow();

        assertThat(orders.number(7, null)).isEqualTo("eu-7");
    }

    @Test
    void shouldRefuseSessionPassedByCaller() {
        assertThatThrownBy(() -> orders.change("order-7", new OrderSession("mine"), order -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("change(String, OrderSession, Consumer) receives its session from @WithSession");
    }

    @Test
    void shouldRefuseAKeyThatIsNull() {
        assertThatThrownBy(() -> orders.changeLocked(new Request(null), null, order -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the session's key \"#request.orderId\" is null");
    }

    private String stored() {
        return tracker.peek(OrderSession.class, "order-7").orElseThrow().note;
    }

    private void overtake() {
        tracker.modify(OrderSession.class, "order-7", order -> order.note = "overtaken")
                .orElseThrow();
    }

    private void assertFree() {
        tracker.lock(OrderSession.class, "order-7").orElseThrow().close();
    }

    static final class OrderSession extends Session {
        String note = "";

        OrderSession(String key) {
            super(key);
        }

        public String getNote() {
            return note;
        }

        public void setNote(String note) {
            this.note = note;
        }
    }

    record Request(@Nullable String orderId) {}

    /** Not public, without an interface. */
    static class Orders {

        int attempts;
        final String region = "eu-";

        @WithSession(key = "#orderId")
        public String change(String orderId, OrderSession order, Consumer<OrderSession> change) {
            change.accept(order);
            return order.getKey() + " " + order.note;
        }

        @WithSession(key = "#request.orderId", lock = true)
        void changeLocked(Request request, OrderSession order, Consumer<OrderSession> change) {
            change.accept(order);
        }

        @WithSession(key = "#orderId", attempts = 3)
        List<String> changeRepeatedly(String orderId, OrderSession order, Consumer<Integer> meanwhile) {
            attempts = order.note.isEmpty() ? 1 : attempts + 1;
            seen = attempts == 1 ? List.of(order.note) : append(order.note);
            order.note = "attempt " + attempts;
            meanwhile.accept(attempts);
            return seen;
        }

        @WithSession(key = "#orderId", start = true)
        void started(String orderId, OrderSession order, Consumer<OrderSession> change) {
            change.accept(order);
        }

        @WithSession(key = "#orderId", start = true, lock = true)
        void startedLocked(String orderId, OrderSession order, Consumer<OrderSession> change) {
            change.accept(order);
        }

        private List<String> seen = List.of();

        private List<String> append(String note) {
            return java.util.stream.Stream.concat(seen.stream(), java.util.stream.Stream.of(note))
                    .toList();
        }

        @WithSession(type = OrderSession.class, key = "#p0", store = false)
        long read(String orderId, Session order) {
            return order.getVersion();
        }

        @WithSession(key = "#root.region + #number")
        String number(int number, OrderSession order) {
            return order.getKey();
        }

        int attempts() {
            return attempts;
        }

        public String getRegion() {
            return region;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SessionTrackerAutoConfiguration.class, WithSessionAutoConfiguration.class})
    static class App {

        @Bean
        Orders orders() {
            return new Orders();
        }
    }
}
