package io.sessiontracker.spring;

import java.util.Objects;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.WithSessionAutoConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A call past the proxy is explained; what only looks like one stays what it is. */
class SelfCallTest {

    private static ConfigurableApplicationContext context;

    private final Orders orders = context.getBean(Orders.class);

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .run("--session-tracker.store=memory", "--session-tracker.namespace=shop");
        context.getBean(SessionTracker.class).start(new OrderSession("order-7")).orElseThrow();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void shouldExplainCallWithinOwnClass() {
        assertExplained(() -> orders.callOther("order-7"));
    }

    @Test
    void shouldExplainCallInLambda() {
        assertExplained(() -> orders.callOtherInLambda("order-7"));
    }

    @Test
    void shouldExplainCallByInheritedMethod() {
        assertExplained(() -> orders.callOtherInSuperclass("order-7"));
    }

    @Test
    void shouldExplainCallByMethodWithSession() {
        assertExplained(() -> orders.callOtherWithSession("order-7", null));
    }

    @Test
    void shouldExplainNullCheck() {
        assertThatThrownBy(() -> orders.callChecked("order-7"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("checked(String, OrderSession) was called from its own class");
    }

    @Test
    void shouldLeaveOtherNullPointersAlone() {
        assertThatThrownBy(() -> orders.callOtherOfNull("order-7")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> orders.fail()).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> orders.failWith("order-7", null, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> orders.failWithSession("order-7", null)).isInstanceOf(NullPointerException.class);
    }

    private static void assertExplained(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "%s.other(String, OrderSession, String) was called from its own class, past the proxy that gives it"
                                        .formatted(Orders.class.getName())
                                + " its session; call it from another bean, or pass it the session")
                .hasCauseInstanceOf(NullPointerException.class);
    }

    static final class OrderSession extends Session {
        public String note = "";

        OrderSession(String key) {
            super(key);
        }
    }

    abstract static class Base {

        abstract void other(String orderId, @Nullable OrderSession order, @Nullable String note);

        void callOtherInSuperclass(String orderId) {
            other(orderId, null, "note");
        }
    }

    static class Orders extends Base {

        @Override
        @WithSession(key = "#orderId")
        void other(String orderId, @Nullable OrderSession order, @Nullable String note) {
            order.note = note.trim();
        }

        @WithSession(key = "#orderId")
        void checked(String orderId, @Nullable OrderSession order) {
            Objects.requireNonNull(order);
        }

        @WithSession(key = "#orderId")
        void failWith(String orderId, @Nullable OrderSession order, @Nullable String note) {
            order.note = note.trim();
        }

        @WithSession(key = "#orderId")
        void failWithSession(String orderId, @Nullable OrderSession order) {
            throw new NullPointerException();
        }

        void callOther(String orderId) {
            other(orderId, null, "note");
        }

        void callChecked(String orderId) {
            checked(orderId, null);
        }

        void callOtherInLambda(String orderId) {
            Runnable call = () -> other(orderId, null, "note");
            call.run();
        }

        @WithSession(key = "#orderId")
        void callOtherWithSession(String orderId, @Nullable OrderSession order) {
            assertThat(order).isNotNull();
            other(orderId, null, "note");
        }

        void callOtherOfNull(String orderId) {
            other(orderId, new OrderSession(orderId), null);
        }

        void fail() {
            throw new NullPointerException();
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
