package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.lettuce.core.AclSetuserArgs;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.redis.lock.LockSite.HOUR;
import static io.sessiontracker.redis.lock.LockSite.NAME;
import static io.sessiontracker.redis.lock.LockSite.assertFails;
import static io.sessiontracker.redis.lock.LockSite.calls;
import static io.sessiontracker.redis.lock.LockSite.held;
import static io.sessiontracker.redis.lock.LockSite.isMarked;
import static io.sessiontracker.redis.lock.LockSite.keys;
import static io.sessiontracker.redis.lock.LockSite.listeners;
import static io.sessiontracker.redis.lock.LockSite.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How waiters are woken, and what waiting costs. */
class RedisLockWaitingTest {

    private final RedisServer server = RedisServer.launch();
    private final LockSite site = new LockSite(server);

    @AfterEach
    void stop() {
        site.close();
        server.close();
    }

    @Test
    void shouldSendNoMessageAndListenToNoneWithoutWaiters() {
        for (int i = 0; i < 10; i++) {
            HeldLock lock = site.take();
            LockSite.assertRefused(site.acquire(HOUR, Duration.ZERO, false));
            release(lock);
        }
        assertThat(calls(server, "publish")).isZero();
        assertThat(calls(server, "subscribe")).isZero();
        assertThat(keys(server)).isEmpty();
        assertThat(threads()).isEmpty();
    }

    @Test
    void shouldWakeAWaiterOfAnotherProcess() {
        try (LockSite other = new LockSite(server)) {
            for (int i = 0; i < 20; i++) {
                HeldLock lock = site.take();
                CompletableFuture<LockReply> waiter = other.waits();
                await().until(() -> isMarked(server));
                release(lock);
                release(held(waiter));
            }
            assertThat(calls(server, "publish")).isBetween(20L, 40L);
        }
        assertThat(keys(server)).isEmpty();
    }

    /** A release before the subscription is there sends no second message. */
    @Test
    void shouldNotMissAReleaseWhileItBeginsToListen() {
        for (int i = 0; i < 20; i++) {
            try (LockSite other = new LockSite(server)) {
                HeldLock lock = site.take();
                CompletableFuture<LockReply> waiter = other.waits();
                release(lock);
                release(held(waiter));
            }
        }
    }

    @Test
    void shouldLookAgainWhenTheHoldersLeaseIsOver() {
        held(site.acquire(Duration.ofMillis(300), Duration.ZERO, false));

        release(held(site.waits()));
    }

    @Test
    void shouldLookAgainWhenAMessageWasLost() {
        try (LockSite usual = new LockSite(server, HOUR, Duration.ofSeconds(1))) {
            usual.take();
            CompletableFuture<LockReply> waiter = usual.waits();
            await().until(() -> listeners(server) == 1);
            server.call(redis -> redis.del(NAME));

            release(held(waiter));
        }
    }

    @Test
    void shouldLetOneWaiterOfAProcessTryAtATime() {
        int count = 20;
        HeldLock lock = site.take();
        List<CompletableFuture<Void>> waiters = Stream.generate(site::waits)
                .limit(count)
                .map(waiter -> waiter.thenCompose(
                        reply -> ((LockReply.Acquired) reply).lock().release()))
                .toList();
        await().until(() -> listeners(server) == 1 && calls(server, "evalsha") > count);
        release(lock);
        waiters.forEach(CompletableFuture::join);

        // One try of each that is refused, one that is not, and a release. If all tried each time there were 200 more.
        await().until(() -> keys(server).isEmpty());
        assertThat(calls(server, "evalsha")).isLessThan(3L * count + 25);
    }

    @Test
    void shouldTakeOneThreadAndOneConnectionForAnyNumberOfWaiters() {
        HeldLock lock = site.take();
        long before = connections();
        List<CompletableFuture<LockReply>> waiters =
                Stream.generate(site::waits).limit(50).toList();
        await().until(() -> calls(server, "evalsha") > 50 && listeners(server) == 1);
        await().until(() -> threads().equals(List.of("sessiontracker-redis-locks")));
        assertThat(connections()).isEqualTo(before + 1);

        waiters.forEach(waiter -> waiter.cancel(true));
        release(lock);
        assertThat(keys(server)).isEmpty();
    }

    @Test
    void shouldBeWokenAgainAfterTheServerCameBack() {
        HeldLock first = site.take();
        CompletableFuture<LockReply> waiter = site.waits();
        await().until(() -> listeners(server) == 1);
        release(first);
        release(held(waiter));

        server.stop();
        server.start();
        await().ignoreExceptions().until(() -> listeners(server) == 1);
        HeldLock second = site.take();
        CompletableFuture<LockReply> next = site.waits();
        await().until(() -> isMarked(server));
        release(second);
        release(held(next));
    }

    @Test
    void shouldFailWaitersWhenItIsClosed() {
        site.take();
        CompletableFuture<LockReply> waiter = site.waits();
        await().until(() -> listeners(server) == 1);
        site.provider.close();

        assertFails(waiter, "closed");
        assertFails(site.waits(), "closed");
        await().until(() -> listeners(server) == 0);
    }

    @Test
    void shouldLookAgainAtTheRetryIntervalWhereItMayNotListen() {
        server.call(redis -> redis.aclSetuser("default", AclSetuserArgs.Builder.resetChannels()));
        HeldLock lock = site.take();
        LockRequest request = new LockRequest(LockSite.ADDRESS, HOUR, HOUR, Duration.ofMillis(20), false);
        CompletableFuture<LockReply> waiter = site.provider.acquire(request).toCompletableFuture();
        await().until(() -> calls(server, "evalsha") > 10);
        server.call(redis -> redis.del(NAME));

        assertThat(waiter).succeedsWithin(Duration.ofMinutes(1));
        assertThat(listeners(server)).isZero();
        assertThat(lock.id()).isNotEmpty();
    }

    private long connections() {
        return server.<String>call(redis -> redis.clientList()).lines().count();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sessiontracker-redis-locks"))
                .toList();
    }
}
