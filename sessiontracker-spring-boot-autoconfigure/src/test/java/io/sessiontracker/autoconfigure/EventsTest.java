package io.sessiontracker.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.engine.DuplicateSessionTypeException;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionStarted;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Events as listeners of the application receive them. */
@ExtendWith(OutputCaptureExtension.class)
class EventsTest {

    private final ApplicationContextRunner runner = Applications.memory()
            .withPropertyValues(
                    "session-tracker.defaults.expired-retention=1h",
                    "session-tracker.sweep.enabled=false",
                    "session-tracker.sweep.lease=1ms",
                    "session-tracker.sweep.attempts=3");

    @Test
    void shouldNotifyListenersOfTheirTypesOnly() {
        runner.withUserConfiguration(Log.class).run(context -> {
            live(tracker(context), () -> new CheckoutSession("order-7"));
            live(tracker(context), () -> new Cart("cart-7"));
            Log log = context.getBean(Log.class);
            assertThat(log.expiredCheckouts).containsExactly("order-7 SessionExpired");
            assertThat(log.expired).containsExactlyInAnyOrder("order-7 SessionExpired", "cart-7 SessionExpired");
            assertThat(log.ofCarts).containsExactlyElementsOf(kinds("cart-7"));
            assertThat(log.all).hasSize(14).containsAll(kinds("cart-7")).containsAll(kinds("order-7"));
            assertThat(log.errors).isEmpty();
        });
    }

    @Test
    void shouldPublishDeletionOfUnreadableSession() {
        runner.withUserConfiguration(Log.class, BreakableCodec.class).run(context -> {
            tracker(context).start(new Cart("cart-7")).orElseThrow();
            context.getBean(BreakableCodec.class).broken = true;
            tracker(context).delete(Cart.class, "cart-7").orElseThrow();
            Log log = context.getBean(Log.class);
            assertThat(log.ofCarts).containsExactly("cart-7 SessionStarted", "cart-7 SessionDeleted");
            assertThat(log.errors).hasSize(1);
        });
    }

    @Test
    void shouldRedeliverAfterListenerThrew() {
        runner.withUserConfiguration(Failing.class, Log.class).run(context -> {
            Failing failing = context.getBean(Failing.class);
            startExpired(tracker(context), new CheckoutSession("order-7"));
            assertThat(tracker(context).expireSessions()).isZero();
            assertThat(failing.received).hasSize(1);
            failing.failing = false;
            await().until(() -> tracker(context).expireSessions() == 1);
            assertThat(failing.received).hasSize(2).containsOnly(failing.received.get(0));
            assertThat(context.getBean(Log.class).expiredCheckouts).hasSize(1);
            assertThat(context.getBean(Log.class).errors)
                    .containsExactly("checkout/order-7: A listener failed at SessionExpired");
        });
    }

    @Test
    void shouldStopAfterConfiguredAttempts() {
        runner.withUserConfiguration(Failing.class, Log.class).run(context -> {
            startExpired(tracker(context), new CheckoutSession("order-7"));
            Log log = context.getBean(Log.class);
            await().until(() -> tracker(context).expireSessions() == 0
                    && log.errors.contains("checkout/order-7: An expired session is not delivered again"));
            assertThat(context.getBean(Failing.class).received).hasSize(3);
            assertThat(tracker(context).expireSessions()).isZero();
            assertThat(context.getBean(Failing.class).received).hasSize(3);
        });
    }

    @Test
    void shouldSucceedDespiteThrowingListener() {
        runner.withUserConfiguration(Failing.class).run(context -> {
            assertThat(tracker(context).start(new Cart("cart-7")).isSuccess()).isTrue();
            assertThat(context.getBean(Failing.class).received).hasSize(1);
        });
    }

    @Test
    void shouldNotifySessionListenersInOrder() {
        runner.withUserConfiguration(Plain.class).run(context -> {
            tracker(context).start(new Cart("cart-7")).orElseThrow();
            assertThat(context.getBean(Plain.class).received).containsExactly("first", "second");
        });
    }

    @Test
    void shouldAllowListenerToUseTracker() {
        runner.withBean(Cleaner.class).run(context -> {
            tracker(context).start(new CheckoutSession("order-7")).orElseThrow();
            tracker(context).start(new Cart("order-7")).orElseThrow();
            tracker(context).delete(Cart.class, "order-7").orElseThrow();
            assertThat(tracker(context).peek(CheckoutSession.class, "order-7").isFailure())
                    .isTrue();
        });
    }

    @Test
    void shouldReadNothingWithoutListener() {
        runner.withUserConfiguration(BreakableCodec.class, ListenerInterestTest.OfAnyEvent.class)
                .run(context -> {
                    context.getBean(BreakableCodec.class).broken = true;
                    SessionTracker tracker = tracker(context);
                    Cart cart = tracker.start(new Cart("cart-7")).orElseThrow();
                    tracker.update(cart).orElseThrow();
                    tracker.finish(cart).orElseThrow();
                    tracker.resume(cart).orElseThrow();
                    tracker.delete(cart).orElseThrow();
                    startExpired(tracker, new Cart("cart-8"));
                    assertThat(tracker.expireSessions()).isZero();
                    assertThat(context.getBean(BreakableCodec.class).decoded).hasValue(0);
                });
    }

    @Test
    void shouldKnowTypesNamedByListeners(CapturedOutput output) {
        runner.withUserConfiguration(Applications.Known.class, Log.class)
                .withPropertyValues("session-tracker.types.test-cart.lock.wait=1s")
                .run(context -> assertThat(output).doesNotContain("session-tracker.types"));
    }

    @Test
    void shouldKnowTypesNamedByListenersOfOtherEvents() {
        runner.withUserConfiguration(Audit.class)
                .run(context -> assertThatExceptionOfType(DuplicateSessionTypeException.class)
                        .isThrownBy(() -> tracker(context).peek(AnotherCart.class, "cart-7")));
    }

    @Test
    void shouldNotRequireRetentionForSessionEventListener() {
        runner.withPropertyValues("session-tracker.defaults.expired-retention=none")
                .withUserConfiguration(Audit.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static void live(SessionTracker tracker, Supplier<? extends Session> session) {
        Session first = tracker.start(session.get()).orElseThrow();
        tracker.update(first).orElseThrow();
        tracker.finish(first).orElseThrow();
        tracker.resume(first).orElseThrow();
        tracker.delete(first).orElseThrow();
        startExpired(tracker, session.get());
        assertThat(tracker.expireSessions()).isOne();
    }

    private static void startExpired(SessionTracker tracker, Session session) {
        tracker.start(session, SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(60)))
                .orElseThrow();
    }

    private static List<String> kinds(String key) {
        return List.of(
                key + " SessionStarted",
                key + " SessionUpdated",
                key + " SessionFinished",
                key + " SessionResumed",
                key + " SessionDeleted",
                key + " SessionStarted",
                key + " SessionExpired");
    }

    private static SessionTracker tracker(AssertableApplicationContext context) {
        return context.getBean(SessionTracker.class);
    }

    @SessionType("test-cart")
    static final class Cart extends Session {
        Cart(String key) {
            super(key);
        }
    }

    @SessionType("test-cart")
    static final class AnotherCart extends Session {
        AnotherCart(String key) {
            super(key);
        }
    }

    static class Log {

        final List<String> expiredCheckouts = new CopyOnWriteArrayList<>();
        final List<String> expired = new CopyOnWriteArrayList<>();
        final List<String> ofCarts = new CopyOnWriteArrayList<>();
        final List<String> all = new CopyOnWriteArrayList<>();
        final List<String> errors = new CopyOnWriteArrayList<>();

        @EventListener
        void onExpiredCheckout(SessionExpired<CheckoutSession> event) {
            CheckoutSession session = event.session();
            expiredCheckouts.add(session.getKey() + " " + event.getClass().getSimpleName());
        }

        @EventListener
        void onExpired(SessionExpired<?> event) {
            expired.add(describe(event));
        }

        @EventListener
        void onCart(SessionEvent<Cart> event) {
            ofCarts.add(describe(event));
        }

        @EventListener
        void onAny(SessionEvent<?> event) {
            all.add(describe(event));
        }

        @EventListener
        void onError(SessionTrackerError error) {
            errors.add(error.type() + "/" + error.key() + ": " + error.activity());
        }

        private static String describe(SessionEvent<?> event) {
            return event.key() + " " + event.getClass().getSimpleName();
        }
    }

    static class Failing {

        final List<String> received = new CopyOnWriteArrayList<>();
        volatile boolean failing = true;

        @Order(0)
        @EventListener({SessionExpired.class, SessionStarted.class})
        void on(SessionEvent<?> event) {
            if (event instanceof SessionExpired || event.session() instanceof Cart) {
                received.add(event.eventId());
                if (failing) {
                    throw new IllegalStateException("The listener is broken");
                }
            }
        }
    }

    /** Accepts all events of a type, and names no expiry. */
    static class Audit {

        @EventListener
        void onAny(SessionEvent<?> event) {}

        @EventListener
        void onCheckout(SessionEvent<CheckoutSession> event) {}

        @EventListener
        void onStarted(SessionStarted<Cart> event) {}

        @EventListener
        void onExpired(SessionExpired<?> event) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Plain {

        final List<String> received = new CopyOnWriteArrayList<>();

        @Bean
        @Order(2)
        SessionListener second() {
            return event -> received.add("second");
        }

        @Bean
        @Order(1)
        SessionListener first() {
            return event -> received.add("first");
        }
    }

    record Cleaner(SessionTracker tracker) implements SessionListener {

        @Override
        public void onEvent(SessionEvent<?> event) {
            tracker.delete(CheckoutSession.class, event.key()).orElseThrow();
        }

        @Override
        public boolean listensTo(Class<?> event, Class<? extends Session> type) {
            return event == SessionDeleted.class && type == Cart.class;
        }
    }

    static class BreakableCodec implements SessionCodec {

        private final JacksonSessionCodec codec = new JacksonSessionCodec();
        volatile boolean broken;
        final AtomicInteger decoded = new AtomicInteger();

        @Override
        public byte[] encode(SessionAddress address, Session session) {
            return codec.encode(address, session);
        }

        @Override
        public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] json) {
            decoded.incrementAndGet();
            return codec.decode(address, type, broken ? new byte[] {'?'} : json);
        }

        @Override
        public void verify(Class<? extends Session> type) {
            codec.verify(type);
        }
    }
}
