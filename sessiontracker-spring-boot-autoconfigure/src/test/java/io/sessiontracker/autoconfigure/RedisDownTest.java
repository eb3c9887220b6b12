package io.sessiontracker.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RedisDownTest {

    /** Less than any driver's own time-out, and more than the configured one by what a slow machine may add. */
    private static final Duration SOON = Duration.ofSeconds(50);

    @Test
    void shouldStartWithoutRedisFailCallsInTimeAndWorkWhenItComes() {
        try (RedisServer server = RedisServer.launch()) {
            server.stop();
            application(server).run(context -> {
                SessionTracker tracker = context.getBean(SessionTracker.class);
                fails(() -> tracker.start(new CheckoutSession("order-7")));
                fails(() -> tracker.get(CheckoutSession.class, "order-7"));
                fails(() -> tracker.lock(CheckoutSession.class, "order-7"));
                server.start();
                works(tracker);
            });
        }
    }

    @Test
    void shouldFailCallsWhileRedisIsAwayAndWorkWhenItIsBack() {
        try (RedisServer server = RedisServer.launch()) {
            application(server).run(context -> {
                SessionTracker tracker = context.getBean(SessionTracker.class);
                works(tracker);
                server.stop();
                fails(() -> tracker.get(CheckoutSession.class, "order-7"));
                fails(() -> tracker.lock(CheckoutSession.class, "order-7"));
                server.start();
                works(tracker);
            });
        }
    }

    @Test
    void shouldFailCallsWhileRedisDoesNotAnswer() {
        try (RedisServer server = RedisServer.launch()) {
            application(server).run(context -> {
                SessionTracker tracker = context.getBean(SessionTracker.class);
                works(tracker);
                server.freeze();
                fails(() -> tracker.get(CheckoutSession.class, "order-7"));
                fails(() -> tracker.lock(CheckoutSession.class, "order-7"));
                server.thaw();
                works(tracker);
            });
        }
    }

    private static ApplicationContextRunner application(RedisServer server) {
        return Applications.redis()
                .withPropertyValues(
                        "spring.data.redis.host=127.0.0.1",
                        "spring.data.redis.port=" + server.port(),
                        "spring.data.redis.timeout=500ms",
                        "spring.data.redis.connect-timeout=500ms");
    }

    private static void fails(Supplier<?> call) {
        assertThatThrownBy(() -> {
                    try {
                        CompletableFuture.supplyAsync(call)
                                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                                .join();
                    } catch (CompletionException e) {
                        throw e.getCause();
                    }
                })
                .isInstanceOf(SessionStoreException.class);
    }

    private static void works(SessionTracker tracker) {
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(SessionStoreException.class)
                .untilAsserted(() -> {
                    tracker.getOrStart(CheckoutSession.class, "order-7", () -> new CheckoutSession("order-7"))
                            .orElseThrow();
                    try (var lock =
                            tracker.lock(CheckoutSession.class, "order-7").orElseThrow()) {
                        assertThat(lock.isAcquired()).isTrue();
                    }
                });
    }
}
