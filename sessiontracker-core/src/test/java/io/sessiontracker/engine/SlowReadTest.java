package io.sessiontracker.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.SessionType;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A caller that is interrupted, or gives up, while a data provider that does not block reads for it. */
class SlowReadTest {

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final CompletableFuture<Void> reading = new CompletableFuture<>();
    private final ClosableSessionTracker tracker = new SessionTrackerBuilder(
                    slow(new InMemorySessionDataProvider()),
                    new InMemorySessionLockProvider(),
                    new JacksonSessionCodec())
            .buildIdle();

    @Test
    void shouldLeaveNoLockBehindWhenGetLockedIsInterrupted() throws Exception {
        tracker.start(new Basket("b-1")).orElseThrow();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                tracker.getLocked(Basket.class, "b-1").orElseThrow();
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        caller.start();
        reading.join();
        caller.interrupt();
        caller.join();
        gate.complete(null);

        assertThat(thrown.get()).isInstanceOf(SessionTrackerException.class);
        await().untilAsserted(() -> {
            try (SessionLock lock = tracker.lock(Basket.class, "b-1", LockOptions.waitFor(Duration.ZERO))
                    .orElseThrow()) {
                assertThat(lock.isAcquired()).isTrue();
            }
        });
    }

    /** Reads when the gate is open. */
    private SessionDataProvider slow(SessionDataProvider provider) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object answer = method.invoke(provider, arguments);
            if (!method.getName().startsWith("get")) {
                return answer;
            }
            reading.complete(null);
            return gate.thenCompose(open -> (CompletionStage<?>) answer);
        };
        return (SessionDataProvider) Proxy.newProxyInstance(
                SessionDataProvider.class.getClassLoader(), new Class<?>[] {SessionDataProvider.class}, handler);
    }

    @SessionType("basket")
    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
