package io.sessiontracker.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.WithSession;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.WithSessionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An invalid annotation fails the start-up, naming the method and what to change. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidSessionMethodTest {

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of(PrivateMethod.class, "private, static or final", "Make it overridable"),
                Arguments.of(FinalClass.class, "its class is final and has no interface", "Remove the final"),
                Arguments.of(Async.class, "it returns a Future", "Return a CompletableFuture"),
                Arguments.of(
                        KeylessStart.class,
                        "it cannot start a " + KeylessSession.class.getName()
                                + ", which has no constructor that takes only the key.",
                        "Give the class a constructor with one parameter, a String"),
                Arguments.of(RepeatedElements.class, "its elements are passed on", "Remove attempts"),
                Arguments.of(NoSession.class, "it has no parameter of a session class", "Give it one such parameter"),
                Arguments.of(TwoSessions.class, "it has several parameters of a session class", "type = …"),
                Arguments.of(AnySession.class, "Session is abstract", "type = …"),
                Arguments.of(OtherType.class, "it has no parameter of CartSession", "Give it one such parameter"),
                Arguments.of(
                        Misspelt.class,
                        "its key \"#orderid\" refers to #orderid, and the method has no such parameter.",
                        "Refer to one of #orderId, #p0, #a0, #order, #p1, #a1, #root, #this."),
                Arguments.of(NoExpression.class, "its key \"#orderId +\" is not an expression", "'text' in quotes"),
                Arguments.of(NoKey.class, "its key \"\" is not an expression", "'text' in quotes"),
                Arguments.of(NoAttempt.class, "attempts is 0.", "Let attempts be 1"),
                Arguments.of(LockedAttempts.class, "with a lock there are no conflicts", "Remove attempts"),
                Arguments.of(UnstoredAttempts.class, "the session is not stored", "Remove attempts"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldExplainProblemAndSolution(Class<?> bean, String problem, String action, CapturedOutput output) {
        assertThatThrownBy(() -> run(bean)).isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("@WithSession cannot work on " + bean.getName() + ".go(")
                .contains(problem)
                .contains(action);
    }

    @Test
    void shouldLeaveOtherBeansAlone() {
        run(Plain.class);
    }

    private static void run(Class<?> bean) {
        new SpringApplicationBuilder(App.class, bean)
                .web(WebApplicationType.NONE)
                .run("--session-tracker.store=memory", "--session-tracker.namespace=shop")
                .close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SessionTrackerAutoConfiguration.class, WithSessionAutoConfiguration.class})
    static class App {}

    static final class OrderSession extends Session {
        OrderSession(String key) {
            super(key);
        }
    }

    static final class CartSession extends Session {
        CartSession(String key) {
            super(key);
        }
    }

    static final class Plain {
        void go(String orderId, OrderSession order) {}
    }

    static class PrivateMethod {
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"})
        @WithSession(key = "#orderId")
        private void go(String orderId, OrderSession order) {}
    }

    static final class FinalClass {
        @WithSession(key = "#orderId")
        void go(String orderId, OrderSession order) {}
    }

    static class Async {
        @WithSession(key = "#orderId")
        Future<String> go(String orderId, OrderSession order) {
            return new CompletableFuture<>();
        }
    }

    static final class KeylessSession extends Session {
        KeylessSession(String key, int size) {
            super(key + size);
        }
    }

    static class KeylessStart {
        @WithSession(key = "#orderId", start = true)
        void go(String orderId, KeylessSession session) {}
    }

    static class RepeatedElements {
        @WithSession(key = "#orderId", attempts = 2)
        Flux<String> go(String orderId, OrderSession order) {
            return Flux.empty();
        }
    }

    static class NoSession {
        @WithSession(key = "#orderId")
        void go(String orderId) {}
    }

    static class TwoSessions {
        @WithSession(key = "#orderId")
        void go(String orderId, OrderSession order, CartSession cart) {}
    }

    static class AnySession {
        @WithSession(key = "#orderId")
        void go(String orderId, Session order) {}
    }

    static class OtherType {
        @WithSession(type = CartSession.class, key = "#orderId")
        void go(String orderId, OrderSession order) {}
    }

    static class Misspelt {
        @WithSession(key = "#orderid")
        void go(String orderId, OrderSession order) {}
    }

    static class NoExpression {
        @WithSession(key = "#orderId +")
        void go(String orderId, OrderSession order) {}
    }

    static class NoKey {
        @WithSession(key = "")
        void go(String orderId, OrderSession order) {}
    }

    static class NoAttempt {
        @WithSession(key = "#orderId", attempts = 0)
        void go(String orderId, OrderSession order) {}
    }

    static class LockedAttempts {
        @WithSession(key = "#orderId", attempts = 2, lock = true)
        void go(String orderId, OrderSession order) {}
    }

    static class UnstoredAttempts {
        @WithSession(key = "#orderId", attempts = 2, store = false)
        void go(String orderId, OrderSession order) {}
    }
}
