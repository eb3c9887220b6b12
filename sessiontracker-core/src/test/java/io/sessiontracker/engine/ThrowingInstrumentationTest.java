package io.sessiontracker.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionLock;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An instrumentation that throws at each call changes nothing. */
class ThrowingInstrumentationTest {

    private static final LockOptions ONE_TRY = LockOptions.waitFor(Duration.ZERO);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldDisturbNothing(int instrumentations) {
        SessionTrackerBuilder builder = new SessionTrackerBuilder(
                new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec());
        for (int i = 0; i < instrumentations; i++) {
            builder.instrumentation(throwing());
        }
        try (ClosableSessionTracker tracker = builder.build()) {
            Basket basket = tracker.start(new Basket("b-1")).orElseThrow();
            try (SessionLock lock = tracker.lock(Basket.class, "b-1", ONE_TRY).orElseThrow()) {
                assertThat(lock.isAcquired()).isTrue();
                assertThat(tracker.lock(Basket.class, "b-1", ONE_TRY).failure())
                        .get()
                        .isInstanceOf(SessionError.LockNotAcquired.class);
            }
            tracker.getLocked(Basket.class, "b-1", ONE_TRY).orElseThrow().close();
            tracker.async()
                    .lock(Basket.class, "b-1", ONE_TRY)
                    .join()
                    .orElseThrow()
                    .release()
                    .join();
            tracker.lock(Basket.class, "b-1", ONE_TRY).orElseThrow().close();

            tracker.modify(Basket.class, "b-1", it -> it.items++).orElseThrow();
            assertThat(tracker.update(basket).failure()).get().isInstanceOf(SessionError.VersionConflict.class);
            assertThat(tracker.query(Basket.class).page().sessions()).hasSize(1);
            assertThat(tracker.expireSessions()).isZero();
            tracker.finish(Basket.class, "b-1").orElseThrow();
        }
    }

    /** Each method of it, and of the operations that it begins. */
    private static SessionInstrumentation throwing() {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(ThrowingInstrumentationTest.class, arguments);
            }
            if (method.getName().equals("begin") && "start".equals(arguments[0])) {
                return Proxy.newProxyInstance(
                        SessionInstrumentation.class.getClassLoader(),
                        new Class<?>[] {SessionInstrumentation.Operation.class},
                        (operation, called, with) -> {
                            throw new IllegalStateException(called.getName());
                        });
            }
            throw new AssertionError(method.getName());
        };
        return (SessionInstrumentation) Proxy.newProxyInstance(
                SessionInstrumentation.class.getClassLoader(), new Class<?>[] {SessionInstrumentation.class}, handler);
    }

    static class Basket extends Session {

        public int items;

        Basket(String key) {
            super(key);
        }
    }
}
