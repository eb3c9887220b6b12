package io.sessiontracker.redis.lock;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.redis.script.LockAttempt;
import io.sessiontracker.redis.script.LockScripts;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockingReader.LockingReply;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.support.RandomIds;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.lock.LockSite.ADDRESS;
import static io.sessiontracker.redis.lock.LockSite.HOUR;
import static io.sessiontracker.redis.lock.LockSite.LAST_TOKEN;
import static io.sessiontracker.redis.lock.LockSite.NAME;
import static io.sessiontracker.redis.lock.LockSite.NAMESPACE;
import static io.sessiontracker.redis.lock.LockSite.assertFails;
import static io.sessiontracker.redis.lock.LockSite.assertRefused;
import static io.sessiontracker.redis.lock.LockSite.held;
import static io.sessiontracker.redis.lock.LockSite.isMarked;
import static io.sessiontracker.redis.lock.LockSite.keys;
import static io.sessiontracker.redis.lock.LockSite.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What is in Redis while it is locked, also when calls and replies are lost or come twice. A server for each test. */
class RedisLockTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    /** Renewed in time unless the machine stalls for a second; then the test takes the lock again. */
    private static final Duration RENEWED = Duration.ofMillis(1500);

    private final RedisServer server = RedisServer.launch();
    private final LockSite site = new LockSite(server);

    @AfterEach
    void stop() {
        site.close();
        server.close();
    }

    @Test
    void shouldBeOneKeyWithTheIdAndTheLease() {
        HeldLock lock = site.take();
        assertThat(keys(server)).containsExactly(NAME);
        assertThat(server.<String>call(redis -> redis.get(NAME))).isEqualTo(lock.id());
        assertThat(ttl()).isPositive().isLessThanOrEqualTo(HOUR.toMillis());
        lock.extend(HOUR.multipliedBy(2)).toCompletableFuture().join();
        assertThat(ttl()).isGreaterThan(HOUR.toMillis());

        release(lock);
        assertThat(keys(server)).isEmpty();
    }

    @Test
    void shouldTakeItOnceIfTheCallIsSentTwice() {
        StoreProbe store = new StoreProbe(site.connections, NAMESPACE);
        LockScripts operations = new LockScripts(store.layout);
        LockRequest request = new LockRequest(ADDRESS, HOUR, HOUR, HOUR, false);
        String mine = RandomIds.next();
        String others = RandomIds.next();

        assertThat(store.run(operations.lock(request, mine, false)).taken()).isTrue();
        assertThat(store.run(operations.lock(request, others, false)).isRefused())
                .isTrue();
        assertThat(store.run(operations.lock(request, mine, false)).taken()).isTrue();
        assertThat(isMarked(server)).isTrue();
        assertThat(store.run(operations.unlock(ADDRESS, others))).isFalse();
        assertThat(store.run(operations.unlock(ADDRESS, mine))).isTrue();
        assertThat(store.run(operations.unlock(ADDRESS, mine))).isFalse();
    }

    @Test
    void shouldGrantAGreaterTokenToAReplay() {
        StoreProbe store = new StoreProbe(site.connections, NAMESPACE);
        LockScripts operations = new LockScripts(store.layout);
        LockRequest request = new LockRequest(ADDRESS, HOUR, HOUR, HOUR, false);
        ScriptCall<LockAttempt> call = operations.lock(request, RandomIds.next(), false);

        assertThat(store.run(call).token()).isLessThan(store.run(call).token());
    }

    @Test
    void shouldGrantTokensAboveTheRecordedOne() {
        long ahead = micros() + Duration.ofDays(400).toNanos() / 1_000;
        server.call(redis -> redis.set(LAST_TOKEN, Long.toString(ahead)));

        assertThat(token()).isEqualTo(ahead + 1);
        assertThat(token()).isEqualTo(ahead + 2);
        assertThat(server.<Long>call(redis -> redis.pttl(LAST_TOKEN)))
                .as("kept for a day after its time")
                .isBetween(Duration.ofDays(400).toMillis(), Duration.ofDays(401).toMillis());
    }

    @Test
    void shouldGrantGreaterTokensWhenTheRecordIsLost() {
        long first = token();
        assertThat(server.<String>call(redis -> redis.get(LAST_TOKEN))).isEqualTo(Long.toString(first));
        server.call(redis -> redis.del(LAST_TOKEN));
        long second = token();
        server.call(redis -> redis.set(LAST_TOKEN, "no token"));

        assertThat(second).isGreaterThan(first);
        assertThat(token()).isGreaterThan(second);
    }

    @Test
    void shouldShareTheRecordOfTokensInABucket() {
        HeldLock lock = site.take();
        release(lock);

        assertThat(server.<List<String>>call(redis -> redis.keys("*"))).containsExactly(LAST_TOKEN);
        assertThat(server.<Long>call(redis -> redis.pttl(LAST_TOKEN)))
                .isPositive()
                .isLessThanOrEqualTo(Duration.ofDays(1).toMillis());
    }

    /** Takes and releases the lock. */
    private long token() {
        HeldLock lock = site.take();
        release(lock);
        return lock.token();
    }

    private long micros() {
        List<String> time = server.call(redis -> redis.time());
        return Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1));
    }

    @Test
    void shouldNotKeepAnEndedSessionsLockOnAReplay() {
        StoreProbe store = new StoreProbe(site.connections, NAMESPACE);
        LockScripts operations = new LockScripts(store.layout);
        LockRequest request = new LockRequest(store.address, HOUR, Duration.ZERO, HOUR, false);
        ScriptCall<LockAttempt> call = operations.lockAndGet(request, RandomIds.next(), false);
        store.start(StoreProbe.AN_HOUR);
        assertThat(store.run(call).taken()).isTrue();
        store.run(store.deleteOf(null));

        assertThat(store.run(call).read()).isEqualTo(new StoreReply.NotFound());
        assertThat(keys(server)).noneMatch(key -> key.contains(":l:"));
    }

    @Test
    void shouldNotTouchTheSessionOfALockThatAnotherHolds() {
        StoreProbe store = new StoreProbe(site.connections, NAMESPACE);
        store.start(new io.sessiontracker.spi.Lifetimes(0, 0, StoreProbe.HOUR, 0));
        server.call(redis -> redis.pexpire(new String(store.running(), StandardCharsets.UTF_8), 100_000));
        var reader = site.provider.lockingReader(store.provider).orElseThrow();
        LockRequest request = new LockRequest(store.address, HOUR, Duration.ZERO, HOUR, false);
        HeldLock other = ((LockReply.Acquired)
                        site.provider.acquire(request).toCompletableFuture().join())
                .lock();

        assertThat(reader.acquireAndGet(request).toCompletableFuture().join())
                .isInstanceOf(LockingReply.NotLocked.class);
        assertThat(store.ttl(store.running())).isLessThanOrEqualTo(100_000);
        release(other);
        assertThat(reader.acquireAndGet(request).toCompletableFuture().join()).isInstanceOf(LockingReply.Locked.class);
        assertThat(store.ttl(store.running())).isGreaterThan(100_000);
    }

    @Test
    void shouldReadWithTheLockOnlyWhereBothAreKeptTogether() {
        StoreProbe store = new StoreProbe(site.connections, NAMESPACE);
        assertThat(site.provider.lockingReader(store.provider)).isPresent();
        assertThat(site.provider.lockingReader(new StoreProbe(site.connections, "other").provider))
                .isEmpty();
        try (LockSite other = new LockSite(server)) {
            assertThat(other.provider.lockingReader(store.provider)).isEmpty();
        }
    }

    @Test
    void shouldReleaseALockWhoseReplyWasLost() {
        try (LockSite impatient = new LockSite(server, SHORT, HOUR)) {
            awaitAcquired(impatient);
            server.freeze();
            assertFails(impatient.acquire(HOUR, Duration.ZERO, true), "timed out");
            server.thaw();
            await().until(() -> keys(server).isEmpty());
            awaitAcquired(impatient);
        }
    }

    @Test
    void shouldKeepTryingToReleaseALockWhileRedisDoesNotAnswer() {
        try (LockSite impatient = new LockSite(server, SHORT, HOUR)) {
            HeldLock lock = eventually(() -> impatient.takeRenewed(HOUR));
            server.freeze();
            assertFails(lock.extend(HOUR).toCompletableFuture(), "timed out");
            assertFails(lock.release().toCompletableFuture(), "timed out");
            server.thaw();
            await().until(() -> keys(server).isEmpty());
        }
    }

    @Test
    void shouldFailWhileTheServerIsDownAndWorkOnceItIsUp() {
        try (LockSite impatient = new LockSite(server, SHORT, HOUR)) {
            server.stop();
            assertFails(impatient.acquire(HOUR, Duration.ZERO, false), "");
            server.start();
            HeldLock lock = eventually(impatient::take);
            server.stop();
            assertFails(lock.release().toCompletableFuture(), "");
            assertFails(impatient.waits(), "");
            server.start();
            awaitAcquired(impatient);
        }
    }

    /** Acquires and releases the lock; a call may take longer than its time-out, and is repeated then. */
    private static void awaitAcquired(LockSite impatient) {
        eventually(() -> {
            release(impatient.take());
            return true;
        });
    }

    private static <T> T eventually(Callable<T> call) {
        return await().ignoreExceptions().until(call, result -> true);
    }

    @Test
    void shouldNotWaitForAReleaseThatIsInOrder() {
        HeldLock lock = site.take();
        server.freeze();
        assertThat(lock.releaseInOrder().toCompletableFuture()).isCompleted();
        CompletableFuture<LockReply> next = site.acquire(HOUR, Duration.ZERO, false);
        server.thaw();
        release(held(next));
    }

    /** The release is then sent twice, the second time after the next try. */
    @Test
    void shouldFindItFreeAfterAReleaseWithAForgottenScript() {
        release(site.take());
        HeldLock lock = site.take();
        server.call(redis -> redis.scriptFlush());
        // The scripts for taking it are known again; not so the one for the release.
        assertRefused(site.acquire(HOUR, Duration.ZERO, false));
        assertThat(lock.releaseInOrder().toCompletableFuture()).isCompleted();

        release(held(site.acquire(HOUR, Duration.ZERO, false)));
    }

    @Test
    void shouldHaveReleasedClosedLocksBeforeItEnds() {
        for (int i = 0; i < 20; i++) {
            LockSite ending = new LockSite(server);
            HeldLock lock = ending.take();
            // So that there is a reply to wait for before it can be released.
            server.call(redis -> redis.scriptFlush());
            assertThat(lock.releaseInOrder().toCompletableFuture()).isCompleted();
            ending.close();
            assertThat(keys(server)).isEmpty();
        }
    }

    @Test
    void shouldRenewUntilItIsLostOrClosed() {
        HeldLock lock = takeAndAwaitRenewals();
        server.call(redis -> redis.set(NAME, "another's"));
        server.call(redis -> redis.pexpire(NAME, 100_000));
        assertThat(lock.extend(HOUR).toCompletableFuture().join()).isFalse();
        await().until(() -> !server.<String>call(redis -> redis.get(NAME)).equals(lock.id()));
        server.call(redis -> redis.del(NAME));

        takeAndAwaitRenewals();
        site.provider.close();
        await().until(() -> keys(server).isEmpty());
    }

    @Test
    void shouldKnowThatARenewedLockWasLostBeforeItsWindowIsOver() {
        HeldLock lock = site.takeRenewed(Duration.ofSeconds(3));
        long promised = lock.renewedUntil();
        server.call(redis -> redis.del(NAME));

        await().until(() -> lock.renewedUntil() - promised < 0);
    }

    @Test
    void shouldRenewNothingThatWasLost() {
        HeldLock lock = site.takeRenewed(RENEWED);
        server.call(redis -> redis.del(NAME));
        await().until(() -> lock.renewedUntil() - System.nanoTime() <= 0);

        assertNotAskedForWhileAnotherIsRenewed();
    }

    @Test
    void shouldRenewNothingThatWasReleased() {
        release(site.takeRenewed(RENEWED));

        assertNotAskedForWhileAnotherIsRenewed();
    }

    private void assertNotAskedForWhileAnotherIsRenewed() {
        // Asking for the log is logged, too, and must not push out what it is asked for.
        server.call(redis -> redis.configSet("slowlog-max-len", "100000"));
        server.call(redis -> redis.configSet("slowlog-log-slower-than", "0"));
        LockRequest other =
                new LockRequest(new SessionAddress("checkout", "another"), RENEWED, Duration.ZERO, HOUR, true);
        HeldLock[] lock = {held(site.provider.acquire(other).toCompletableFuture())};
        await().until(() -> {
            if (lock[0].renewedUntil() - System.nanoTime() <= 0) {
                lock[0] = held(site.provider.acquire(other).toCompletableFuture());
            }
            return scripts("l:another") > 5;
        });

        assertThat(scripts(NAME)).as("a call that was on its way").isLessThan(2);
        release(lock[0]);
    }

    /** Counts the script calls in the slow log that name the key. */
    private long scripts(String key) {
        return server.<List<Object>>call(redis -> redis.slowlogGet(100_000)).stream()
                .map(Object::toString)
                .filter(call -> call.contains("EVALSHA") && call.contains(key))
                .count();
    }

    @Test
    void shouldShortenARenewedLockOnlyToItsWindow() {
        HeldLock lock = site.takeRenewed(HOUR);
        assertThat(lock.extend(Duration.ofMillis(1)).toCompletableFuture().join())
                .isTrue();
        assertThat(ttl()).isGreaterThan(HOUR.toMillis() / 2);
        release(lock);
    }

    @Test
    void shouldRefuseAnInvalidNamespaceOrAnotherDriver() {
        assertThatThrownBy(() -> new RedisSessionLockProvider(site.connections, "a{b}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a{b}");
        RedisConnectionFactory other = (RedisConnectionFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RedisConnectionFactory.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        assertThatThrownBy(() -> new RedisSessionLockProvider(other, NAMESPACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("need Lettuce");
        LettuceConnectionFactory unshared = new LettuceConnectionFactory();
        unshared.setShareNativeConnection(false);
        assertThatThrownBy(() -> new RedisSessionLockProvider(unshared, NAMESPACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shareNativeConnection");
    }

    /** Takes the lock until it sees three renewals in turn. */
    private HeldLock takeAndAwaitRenewals() {
        HeldLock lock = site.takeRenewed(RENEWED);
        while (!isRenewed(3)) {
            lock = site.takeRenewed(RENEWED);
        }
        return lock;
    }

    /** Waits for renewals; returns false if the lease ran out on a machine that stalls. */
    private boolean isRenewed(int times) {
        for (int i = 0; i < times; i++) {
            long[] last = {ttl()};
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                long now = ttl();
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

    private long ttl() {
        return server.call(redis -> redis.pttl(NAME));
    }
}
