package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.sessiontracker.LockStatus;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The keys of locks in Redis, and waiters of one client. Uses a separate server to inspect it. */
class RedissonLockTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RedisServer server;
    private static RedissonClient client;

    private final String namespace = "shop-" + System.identityHashCode(this);
    private final SessionAddress address = new SessionAddress("checkout", "order 7 {x} é");
    private final String name = namespace + ":{checkout#" + address.bucket() + "}:lock:order 7 {x} é";
    private final String tokenName = namespace + ":{checkout#" + address.bucket() + "}:lt";
    private final RedissonSessionLockProvider provider = new RedissonSessionLockProvider(client, namespace);

    @BeforeAll
    static void start() {
        server = RedisServer.launch();
        client = Redisson.create(RedissonClients.withFrequentRenewal(server.node()));
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        server.close();
    }

    @Test
    void shouldStoreOwnerInSessionsSlotAndLeaveTheTokenAlone() {
        HeldLock lock = take();
        assertThat(server.<String>call(redis -> redis.hget(name, lock.id()))).isEqualTo("1");
        assertThat(ttl()).isBetween(LONG.toMillis(), HOUR.toMillis());
        lock.release().toCompletableFuture().join();
        assertThat(server.<List<String>>call(redis -> redis.keys(namespace + ":*")))
                .containsExactly(tokenName);
        assertThat(server.<Long>call(redis -> redis.pttl(tokenName)))
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofDays(1).toMillis());
        await().until(() -> server.<List<String>>call(redis -> redis.keys("redisson*" + namespace + "*"))
                .isEmpty());
    }

    @Test
    void shouldGrantTokensAboveTheRecordedOne() {
        long first = token();
        assertThat(server.<String>call(redis -> redis.get(tokenName))).isEqualTo(Long.toString(first));
        long ahead = first + Duration.ofDays(400).toNanos() / 1_000;
        server.call(redis -> redis.set(tokenName, Long.toString(ahead)));

        assertThat(token()).isEqualTo(ahead + 1);
        assertThat(token()).isEqualTo(ahead + 2);
        assertThat(server.<Long>call(redis -> redis.pttl(tokenName)))
                .as("kept for a day after its time")
                .isBetween(Duration.ofDays(400).toMillis(), Duration.ofDays(401).toMillis());
    }

    @Test
    void shouldGrantGreaterTokensWhenTheRecordIsLost() {
        long first = token();
        server.call(redis -> redis.del(tokenName));

        assertThat(token()).isGreaterThan(first);
    }

    private long token() {
        HeldLock lock = take();
        lock.release().toCompletableFuture().join();
        return lock.token();
    }

    @Test
    void shouldHaveOneOwnerPerAcquisition() {
        HeldLock first = take();
        assertThat(acquire(HOUR, Duration.ZERO, false).join()).isEqualTo(new LockReply.Refused(LockStatus.CONFLICTED));
        first.release().toCompletableFuture().join();
        HeldLock second = take();
        assertThat(second.id()).isNotEqualTo(first.id());
        first.release().toCompletableFuture().join();
        assertThat(server.<String>call(redis -> redis.hget(name, second.id()))).isEqualTo("1");
    }

    /** Calls of several threads go over several connections, which the server reads in any order. */
    @Test
    void shouldFindLockFreeAfterReleaseInOrder() {
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(
                                i -> CompletableFuture.runAsync(() -> takeAndReleaseInOrder("key" + i), OwnThread::run))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void takeAndReleaseInOrder(String key) {
        SessionAddress any = new SessionAddress("checkout", key);
        LockRequest request = new LockRequest(any, HOUR, Duration.ZERO, LONG, false);
        for (int i = 0; i < 500; i++) {
            HeldLock lock = held(provider.acquire(request).toCompletableFuture());
            assertThat(lock.releaseInOrder().toCompletableFuture()).isCompleted();
            if (i % 4 == 0) {
                assertThat(provider.lockState(any).toCompletableFuture().join()).contains(LockState.FREE);
            }
        }
    }

    @Test
    void shouldExtendOnlyHeldLock() {
        HeldLock lock = take();
        assertThat(lock.extend(HOUR.multipliedBy(5)).toCompletableFuture().join())
                .isTrue();
        assertThat(ttl()).isGreaterThan(HOUR.toMillis());
        assertThat(server.<String>call(redis -> redis.hget(name, lock.id()))).isEqualTo("1");
        server.call(redis -> redis.del(name));
        assertThat(lock.extend(HOUR).toCompletableFuture().join()).isFalse();
        assertThat(server.<Long>call(redis -> redis.exists(name))).isZero();
        take();
        assertThat(lock.extend(HOUR.multipliedBy(5)).toCompletableFuture().join())
                .isFalse();
        assertThat(ttl()).isLessThanOrEqualTo(HOUR.toMillis());
    }

    @Test
    void shouldRoundALeaseUpAndEndIt() {
        HeldLock lock = held(acquire(Duration.ofNanos(1), Duration.ZERO, false));
        await().until(() -> server.<Long>call(redis -> redis.exists(name)) == 0);
        assertThat(lock.extend(HOUR).toCompletableFuture().join()).isFalse();
        lock.release().toCompletableFuture().join();
        held(acquire(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO, false));
        assertThat(ttl()).isGreaterThan(Duration.ofDays(300_000).toMillis());
    }

    @Test
    void shouldCountLeaseFromGrantedAttempt() {
        HeldLock first = take();
        CompletableFuture<LockReply> waiting = acquire(HOUR, LONG, false);
        awaitSubscribers();
        long released = System.nanoTime();
        first.release().toCompletableFuture().join();
        assertThat(((LockReply.Acquired) waiting.join()).askedAt()).isBetween(released, System.nanoTime());
    }

    @Test
    void shouldPassOnWakeUpOfCancelledWaiter() {
        HeldLock first = take();
        long before = scripts();
        List<CompletableFuture<LockReply>> cancelled =
                IntStream.range(0, 5).mapToObj(i -> acquire(HOUR, LONG, false)).toList();
        awaitSubscribers();
        CompletableFuture<LockReply> waiting = acquire(HOUR, LONG, false);
        await().until(() -> scripts() >= before + 2 * 6);
        cancelled.forEach(future -> future.cancel(true));
        first.release().toCompletableFuture().join();
        held(waiting).release().toCompletableFuture().join();
        assertThat(server.<Long>call(redis -> redis.exists(name))).isZero();
    }

    @Test
    void shouldAcquireExpiredLockWithoutWakeUp() {
        take();
        CompletableFuture<LockReply> waiting = acquire(HOUR, LONG, false);
        awaitSubscribers();
        server.call(redis -> redis.del(name));
        held(waiting);
    }

    @Test
    void shouldNotFailOtherWaitersIfWaitEndsWhileSubscribing() {
        HeldLock first = take();
        for (int i = 0; i < 50; i++) {
            CompletableFuture<LockReply> brief = acquire(HOUR, Duration.ofMillis(1), false);
            CompletableFuture<LockReply> waiting = acquire(HOUR, LONG, false);
            assertThat(brief.join()).isEqualTo(new LockReply.Refused(LockStatus.CONFLICTED));
            first.release().toCompletableFuture().join();
            first = held(waiting);
        }
        first.release().toCompletableFuture().join();
        awaitNoSubscribers();
    }

    @Test
    void shouldReleaseLockGrantedToCancelledRequest() {
        for (int i = 0; i < 50; i++) {
            CompletableFuture<LockReply> cancelled = acquire(HOUR, Duration.ZERO, i % 2 == 0);
            if (!cancelled.cancel(true)) {
                held(cancelled).release();
            }
            held(acquire(HOUR, LONG, false)).release().toCompletableFuture().join();
        }
    }

    @Test
    void shouldUnsubscribeAfterLastWaiter() {
        take();
        assertThat(acquire(HOUR, Duration.ofMillis(50), false).join())
                .isEqualTo(new LockReply.Refused(LockStatus.CONFLICTED));
        awaitNoSubscribers();
    }

    @Test
    void shouldKeepRenewedLockUntilReleased() {
        await().until(() -> {
            HeldLock lock = held(acquire(HOUR, Duration.ZERO, true));
            assertThat(ttl()).isLessThanOrEqualTo(RedissonClients.FREQUENT_RENEWAL_MILLIS);
            boolean renewed = isRenewed(name, 3);
            boolean extended =
                    lock.extend(Duration.ofMillis(1)).toCompletableFuture().join();
            if (!renewed || !isRenewed(name, 3)) {
                return false;
            }
            assertThat(extended).isTrue();
            assertThat(server.<String>call(redis -> redis.hget(name, lock.id())))
                    .isEqualTo("1");
            lock.release().toCompletableFuture().join();
            assertThat(server.<Long>call(redis -> redis.exists(name))).isZero();
            assertNotRenewed(lock);
            return true;
        });
    }

    @Test
    void shouldNotRenewALostLockAgain() {
        HeldLock lock = held(acquire(HOUR, Duration.ZERO, true));
        server.call(redis -> redis.del(name));
        otherRenewals();
        assertNotRenewed(lock);
        assertThat(lock.extend(HOUR).toCompletableFuture().join()).isTrue();
        server.call(redis -> redis.del(name));
        lock.release().toCompletableFuture().join();
        assertNotRenewed(lock);
    }

    @Test
    void shouldNoticeLossOfRenewedLock() {
        HeldLock lock = takeAndAwaitRenewals();
        take(server);
        await().until(() -> lock.renewedUntil() - System.nanoTime() <= 0);
        assertThat(server.<Long>call(redis -> redis.hlen(name))).isEqualTo(1);
        server.call(redis -> redis.del(name));
    }

    private HeldLock takeAndAwaitRenewals() {
        HeldLock lock = held(acquire(HOUR, Duration.ZERO, true));
        long first = lock.renewedUntil();
        while (!isRenewed(name, 2) || lock.renewedUntil() - first <= 0) {
            lock.release().toCompletableFuture().join();
            lock = held(acquire(HOUR, Duration.ZERO, true));
            first = lock.renewedUntil();
        }
        return lock;
    }

    /** Acquires the lock as another client. */
    private void take(RedisServer from) {
        from.call(redis -> redis.del(name));
        from.call(redis -> redis.hset(name, "another", "1"));
    }

    @Test
    void shouldRefuseInvalidNamespaceOrClient() {
        assertThatThrownBy(() -> new RedissonSessionLockProvider(client, "a{b}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a{b}");
    }

    /** A renewal would set its lease to the watchdog's. */
    private void assertNotRenewed(HeldLock lock) {
        server.call(redis -> redis.hset(name, lock.id(), "1"));
        server.call(redis -> redis.pexpire(name, HOUR.toMillis()));
        otherRenewals();
        assertThat(ttl()).isGreaterThan(LONG.toMillis());
    }

    private void otherRenewals() {
        String key = "other";
        LockRequest request =
                new LockRequest(new SessionAddress("checkout", key), HOUR, Duration.ZERO, Duration.ofMillis(50), true);
        await().until(() -> {
            HeldLock other = held(provider.acquire(request).toCompletableFuture());
            boolean renewed =
                    isRenewed(namespace + ":{checkout#" + request.address().bucket() + "}:lock:" + key, 3);
            other.release().toCompletableFuture().join();
            return renewed;
        });
    }

    /** Waits for renewals; returns false if the lease ran out on a machine that stalls. */
    private static boolean isRenewed(String key, int times) {
        for (int i = 0; i < times; i++) {
            long before = server.call(redis -> redis.pttl(key));
            long[] last = {before};
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                long now = server.call(redis -> redis.pttl(key));
                boolean renewedOrGone = now > last[0] || now < 0;
                last[0] = now;
                return renewedOrGone;
            });
            if (last[0] < 0) {
                return false;
            }
        }
        return true;
    }

    private void awaitSubscribers() {
        await().until(() -> subscribers() > 0);
    }

    private void awaitNoSubscribers() {
        await().until(() -> subscribers() == 0);
    }

    private long subscribers() {
        String channel = "redisson_lock__channel:" + name;
        return server.<Long>call(redis -> redis.pubsubNumsub(channel).get(channel));
    }

    /** Returns how many scripts ran; a waiter tries before and after it subscribes. */
    private static long scripts() {
        return server.<String>call(redis -> redis.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .sum();
    }

    private long ttl() {
        return server.call(redis -> redis.pttl(name));
    }

    private HeldLock take() {
        return held(acquire(HOUR, Duration.ZERO, false));
    }

    private static HeldLock held(CompletableFuture<LockReply> reply) {
        LockReply answer = reply.join();
        assertThat(answer).isInstanceOf(LockReply.Acquired.class);
        return ((LockReply.Acquired) answer).lock();
    }

    private CompletableFuture<LockReply> acquire(Duration lease, Duration wait, boolean renewed) {
        return provider.acquire(new LockRequest(address, lease, wait, Duration.ofMillis(50), renewed))
                .toCompletableFuture();
    }
}
