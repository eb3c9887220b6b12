package io.sessiontracker.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionErrorException;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RedisDownTest {

    /** How long to wait for a recovery. */
    private static final Duration SOON = Duration.ofSeconds(50);

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    /** Three times a call's time-out, plus a margin for slow machines: much less than a driver's default minute. */
    private static final Duration IN_TIME = TIMEOUT.multipliedBy(3).plusSeconds(12);

    /** Long enough that doubling it exceeds what a slow machine adds. */
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(4);

    @Test
    void shouldStartWithoutRedisAndRecover() {
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
    void shouldFailCallsWhileRedisIsDownAndRecover() {
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

    /** Attempts, retry delays, connects and releases in doubt do not add up. */
    @Test
    void shouldFailLocksAfterTimeout() {
        Duration once = LONG_TIMEOUT.multipliedBy(2);
        try (RedisServer server = RedisServer.launch()) {
            application(server)
                    .withPropertyValues(
                            "spring.data.redis.timeout=" + LONG_TIMEOUT.toMillis() + "ms",
                            "spring.data.redis.connect-timeout=" + LONG_TIMEOUT.toMillis() + "ms")
                    .run(context -> {
                        SessionTracker tracker = context.getBean(SessionTracker.class);
                        server.freeze();
                        failsOnce(once, () -> tracker.lock(CheckoutSession.class, "order-7"));
                        server.thaw();
                        works(tracker);
                        SessionLock lock = tracker.lock(CheckoutSession.class, "order-8", LockOptions.lease(SOON))
                                .orElseThrow();
                        server.freeze();
                        CompletableFuture<Void> locking = CompletableFuture.runAsync(
                                () -> failsOnce(once, () -> tracker.lock(CheckoutSession.class, "order-7")),
                                OwnThread::run);
                        failsOnce(once, () -> lock.extend(SOON));
                        locking.join();
                        CompletableFuture<Void> closing = CompletableFuture.runAsync(lock::close, OwnThread::run);
                        closing.orTimeout(once.toMillis(), TimeUnit.MILLISECONDS)
                                .join();
                        server.thaw();
                        works(tracker);
                    });
        }
    }

    @Test
    void shouldFailLockWaitersWhenApplicationStops() {
        try (RedisServer server = RedisServer.launch()) {
            List<CompletableFuture<?>> waiting = new ArrayList<>();
            application(server)
                    .withPropertyValues("spring.data.redis.timeout=20s")
                    .run(context -> {
                        SessionTracker tracker = context.getBean(SessionTracker.class);
                        assertThat(tracker.lock(CheckoutSession.class, "order-7")
                                        .isSuccess())
                                .isTrue();
                        waiting.add(CompletableFuture.supplyAsync(
                                () -> tracker.lock(
                                        CheckoutSession.class, "order-7", LockOptions.waitFor(Duration.ofHours(1))),
                                OwnThread::run));
                        await().until(() ->
                                server.<Integer>call(redis -> redis.pubsubChannels("redisson_lock__channel:*")
                                                .size())
                                        == 1);
                    });
            assertThatThrownBy(() -> waiting.get(0)
                            .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .hasCauseInstanceOf(SessionStoreException.class)
                    .hasMessageContaining("closed");
        }
    }

    private static ApplicationContextRunner application(RedisServer server) {
        return Applications.redis()
                .withPropertyValues(
                        "spring.data.redis.host=127.0.0.1",
                        "spring.data.redis.port=" + server.port(),
                        "spring.data.redis.timeout=" + TIMEOUT.toMillis() + "ms",
                        "spring.data.redis.connect-timeout=500ms");
    }

    private static void fails(Supplier<?> call) {
        fails(IN_TIME, call);
    }

    /** Makes the call up to three times: a machine that stalls may exceed the time now and then, a wrong time-out always. */
    private static void failsOnce(Duration inTime, Supplier<?> call) {
        for (int left = 2; left >= 0; left--) {
            try {
                fails(inTime, call);
                return;
            } catch (AssertionError late) {
                if (left == 0) {
                    throw late;
                }
            }
        }
    }

    private static void fails(Duration inTime, Supplier<?> call) {
        assertThatThrownBy(() -> {
                    try {
                        CompletableFuture.supplyAsync(call, OwnThread::run)
                                .orTimeout(inTime.toMillis(), TimeUnit.MILLISECONDS)
                                .join();
                    } catch (CompletionException e) {
                        throw e.getCause();
                    }
                })
                .isInstanceOf(SessionStoreException.class);
    }

    /** A request for the lock that failed may have been granted, and is then released soon. */
    private static void works(SessionTracker tracker) {
        await().atMost(SOON)
                .ignoreExceptionsMatching(
                        failure -> failure instanceof SessionStoreException || failure instanceof SessionErrorException)
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
