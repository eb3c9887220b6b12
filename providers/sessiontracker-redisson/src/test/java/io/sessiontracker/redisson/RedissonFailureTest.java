package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.contract.RetryWithLongerTtl;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Redis does not answer, is down, or does not replicate. Each test has its own servers. */
class RedissonFailureTest {

    private static final SessionAddress ADDRESS = new SessionAddress("checkout", "order-7");
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReleaseLockAfterLostReply(boolean renewed) {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withShortTimeouts(server))) {
            releaseAndAwaitFree(server, awaitLock(client, false));
            server.freeze();
            CompletableFuture<LockReply> lost = client.acquire(Duration.ZERO, renewed);
            assertUnreachable(lost);
            server.thaw();
            await().until(() -> locks(server).isEmpty());
            releaseAndAwaitFree(server, awaitLock(client, renewed));
        }
    }

    @Test
    void shouldRetryReleaseWhileRedisDoesNotAnswer() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withShortTimeouts(server))) {
            HeldLock lock = awaitLock(client, true);
            server.freeze();
            assertUnreachable(lock.extend(HOUR).toCompletableFuture());
            assertUnreachable(lock.release().toCompletableFuture());
            server.thaw();
            await().until(() -> locks(server).isEmpty());
        }
    }

    @Test
    void shouldNotWaitForReleaseInOrder() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withFrequentRenewal(server.node()))) {
            HeldLock lock = client.take(false);
            server.freeze();
            assertThat(lock.releaseInOrder().toCompletableFuture()).isCompleted();
            CompletableFuture<LockReply> next = client.acquire(Duration.ZERO, false);
            server.thaw();
            assertThat(next.join()).isInstanceOf(LockReply.Acquired.class);
        }
    }

    @Test
    void shouldAwaitReleasesBeforeItEnds() throws InterruptedException {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withFrequentRenewal(server.node()))) {
            HeldLock lock = client.take(false);
            server.freeze();
            assertThat(lock.releaseInOrder().toCompletableFuture()).isCompleted();
            Thread closing = new Thread(client.provider::close);
            closing.start();
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING || !closing.isAlive());
            assertThat(closing.isAlive()).isTrue();
            server.thaw();
            closing.join();
            assertThat(locks(server)).isEmpty();
        }
    }

    @Test
    void shouldRetryReleaseInOrder() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withShortTimeouts(server))) {
            HeldLock lock = awaitLock(client, false);
            server.freeze();
            assertThat(lock.releaseInOrder().toCompletableFuture()).isCompleted();
            assertUnreachable(client.acquire(Duration.ZERO, false));
            server.thaw();
            await().until(() -> locks(server).isEmpty());
        }
    }

    @Test
    void shouldRetryRefusedRelease() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withShortTimeouts(server))) {
            HeldLock lock = awaitLock(client, false);
            AclSetuserArgs none = AclSetuserArgs.Builder.removeCommand(CommandType.EVAL)
                    .removeCommand(CommandType.EVALSHA)
                    .removeCommand(CommandType.SCRIPT);
            server.call(redis -> redis.aclSetuser("default", none));
            assertUnreachable(lock.release().toCompletableFuture());
            assertThat(locks(server)).hasSize(1);

            server.call(redis -> redis.aclSetuser("default", AclSetuserArgs.Builder.allCommands()));
            await().until(() -> locks(server).isEmpty());
        }
    }

    @Test
    void shouldFailWhileServerIsDownAndRecover() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withShortTimeouts(server))) {
            server.stop();
            assertUnreachable(client.acquire(Duration.ZERO, false));
            server.start();
            HeldLock lock = awaitLock(client, false);
            server.stop();
            assertUnreachable(lock.release().toCompletableFuture());
            assertUnreachable(client.acquire(Duration.ofMinutes(1), true));
            server.start();
            releaseAndAwaitFree(server, awaitLock(client, false));
        }
    }

    @Test
    void shouldReleaseLockThatNoReplicaConfirmed() {
        try (RedisServer master = RedisServer.launch("repl-diskless-sync yes", "repl-diskless-sync-delay 0");
                RedisServer replica = RedisServer.launch("replicaof " + RedisServer.HOST + " " + master.port())) {
            await().until(() -> master.call(redis -> redis.info("replication")).contains("state=online"));
            try (Client client = new Client(replicated(master, replica))) {
                client.release(awaitLock(client, false));
                HeldLock held = awaitLock(client, false);
                replica.freeze();
                client.release(held);
                assertThat(locks(master)).isEmpty();
                assertThat(client.acquire(Duration.ZERO, false).join())
                        .isEqualTo(new LockReply.Refused(LockStatus.NO_QUORUM));
                assertThat(locks(master)).isEmpty();
                replica.thaw();
                await().until(() -> client.acquire(Duration.ZERO, false).join() instanceof LockReply.Acquired);
            }
        }
    }

    @Test
    void shouldEndWaitWhenClientIsShutDown() {
        try (RedisServer server = RedisServer.launch();
                Client holder = new Client(RedissonClients.withShortTimeouts(server))) {
            awaitLock(holder, false);
            RetryWithLongerTtl.retry(2_000, wait -> {
                Client waiter = new Client(RedissonClients.withFrequentRenewal(server.node()), Duration.ofSeconds(1));
                CompletableFuture<LockReply> waiting = waiter.acquire(Duration.ofMillis(wait), false);
                await().until(() -> waiting.isDone() || waiters(server) == 1);
                waiter.redisson.shutdown(0, 1, TimeUnit.MILLISECONDS);
                waiting.orTimeout(5, TimeUnit.MINUTES);
                if (waiting.handle((reply, failure) -> failure == null).join()) {
                    return false;
                }
                assertUnreachable(waiting, "no answer within 1000 ms");
                return true;
            });
        }
    }

    @Test
    void shouldFailWaitersAndLaterRequestsWhenClosed() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withFrequentRenewal(server.node()))) {
            HeldLock held = client.take(false);
            CompletableFuture<LockReply> waiting = client.acquire(HOUR, true);
            awaitWaiter(server);
            client.provider.close();
            assertUnreachable(waiting.orTimeout(60, TimeUnit.SECONDS), "closed");
            assertUnreachable(client.acquire(Duration.ZERO, false), "closed");
            client.release(held);
            await().until(() -> locks(server).isEmpty());
        }
    }

    @Test
    void shouldConnectDespiteInterruptedCaller() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withFrequentRenewal(server.node()))) {
            Thread.currentThread().interrupt();
            CompletableFuture<LockReply> asked = client.acquire(Duration.ZERO, false);
            assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
            assertThat(asked.join()).isInstanceOf(LockReply.Acquired.class);
        }
    }

    @Test
    void shouldReportRenewedLockAsDoubtfulWithoutServer() {
        try (RedisServer server = RedisServer.launch();
                Client client = new Client(RedissonClients.withShortTimeouts(server))) {
            HeldLock lock = awaitRenewed(client);
            server.freeze();
            await().until(() -> lock.renewedUntil() - System.nanoTime() <= 0);
            server.thaw();
            // The server may have the lock for a moment more, and renew it.
            releaseAndAwaitFree(server, lock);
        }
    }

    private static void awaitWaiter(RedisServer server) {
        await().until(() -> waiters(server) == 1);
    }

    private static int waiters(RedisServer server) {
        return server.<Integer>call(
                redis -> redis.pubsubChannels("redisson_lock__channel:*").size());
    }

    private static Config replicated(RedisServer master, RedisServer replica) {
        Config config = RedissonClients.base().setSlavesSyncTimeout(500);
        config.useMasterSlaveServers()
                .setMasterAddress(RedissonClients.address(master.node()))
                .addSlaveAddress(RedissonClients.address(replica.node()))
                .setReadMode(ReadMode.MASTER)
                .setMasterConnectionMinimumIdleSize(1)
                .setRetryAttempts(1)
                .setRetryDelay(new ConstantDelay(Duration.ofMillis(50)));
        return config;
    }

    private static List<String> locks(RedisServer server) {
        return server.call(redis -> redis.keys("shop:*:lock:*"));
    }

    /** Returns a lock that was renewed; one that is lost first, on a machine that stalls, is replaced. */
    private static HeldLock awaitRenewed(Client client) {
        HeldLock[] lock = {awaitLock(client, true)};
        long[] first = {lock[0].renewedUntil()};
        await().until(() -> {
            if (lock[0].renewedUntil() - System.nanoTime() <= 0) {
                lock[0] = awaitLock(client, true);
                first[0] = lock[0].renewedUntil();
            }
            return lock[0].renewedUntil() - first[0] > 0;
        });
        return lock[0];
    }

    /** Releases a lock; a release that exceeds its short time-out goes on in the background. */
    private static void releaseAndAwaitFree(RedisServer server, HeldLock lock) {
        lock.release()
                .toCompletableFuture()
                .handle((released, failure) -> failure)
                .join();
        await().until(() -> locks(server).isEmpty());
    }

    private static HeldLock awaitLock(Client client, boolean renewed) {
        return await().ignoreExceptions()
                                .until(
                                        () -> client.acquire(Duration.ZERO, renewed)
                                                .join(),
                                        LockReply.Acquired.class::isInstance)
                        instanceof LockReply.Acquired acquired
                ? acquired.lock()
                : null;
    }

    private static void assertUnreachable(CompletableFuture<?> stage, String reason) {
        assertUnreachable(stage);
        assertThatThrownBy(stage::join).hasMessageContaining(reason);
    }

    private static void assertUnreachable(CompletableFuture<?> stage) {
        assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("checkout/order-7")
                .hasCauseInstanceOf(Exception.class);
    }

    private static final class Client implements AutoCloseable {

        private final RedissonClient redisson;
        private final RedissonSessionLockProvider provider;

        Client(Config config) {
            redisson = Redisson.create(config);
            provider = new RedissonSessionLockProvider(redisson, "shop");
        }

        Client(Config config, Duration timeout) {
            redisson = Redisson.create(config);
            provider = new RedissonSessionLockProvider(redisson, "shop", timeout);
        }

        CompletableFuture<LockReply> acquire(Duration wait, boolean renewed) {
            return provider.acquire(new LockRequest(ADDRESS, HOUR, wait, Duration.ofMillis(50), renewed))
                    .toCompletableFuture();
        }

        HeldLock take(boolean renewed) {
            return ((LockReply.Acquired) acquire(Duration.ZERO, renewed).join()).lock();
        }

        void release(HeldLock lock) {
            lock.release().toCompletableFuture().join();
        }

        @Override
        public void close() {
            redisson.shutdown();
        }
    }
}
