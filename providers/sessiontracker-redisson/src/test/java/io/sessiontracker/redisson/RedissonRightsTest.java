package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The documented Redis user for locks on one server: its rights suffice, and each is needed. */
class RedissonRightsTest {

    private static final String RIGHTS =
            "resetkeys ~shop:{* ~redisson_*:shop:{* resetchannels &redisson_*:shop:{* -@all"
                    + " +evalsha +script|load +time +exists +hexists +hset +hincrby +pexpire +pttl +get +set +del +publish +subscribe"
                    + " +unsubscribe +ping";

    @Test
    void shouldWorkWithDocumentedRights() {
        try (RedisServer server = RedisServer.launch("user locker on >secret " + RIGHTS)) {
            lockWaitRenewExtendAndRelease(server, "none");
        }
    }

    @ParameterizedTest
    @MethodSource("rights")
    void shouldDocumentOnlyNeededRights(String right) {
        String fewer = RIGHTS.replace(" " + right + " ", " ").replaceAll(" " + Pattern.quote(right) + "$", "");
        assertThat(fewer).isNotEqualTo(RIGHTS);
        try (RedisServer server = RedisServer.launch("user locker on >secret " + fewer)) {
            assertThatThrownBy(() -> lockWaitRenewExtendAndRelease(server, right.substring(1)))
                    .isInstanceOf(Throwable.class);
        }
    }

    static Stream<String> rights() {
        return Stream.of(RIGHTS.split(" ")).filter(right -> right.startsWith("+"));
    }

    /** Fails as soon as the server has refused the command, as not every refusal reaches the caller. */
    private static void lockWaitRenewExtendAndRelease(RedisServer server, String command) {
        Config config = RedissonClients.withFrequentRenewal(server.node());
        RedissonClient client = Redisson.create(config.setUsername("locker").setPassword("secret"));
        try {
            RedissonSessionLockProvider provider = new RedissonSessionLockProvider(client, "shop");
            HeldLock first = held(acquire(provider, true));
            CompletableFuture<LockReply> waiting = acquire(provider, false);
            awaitUnlessRefused(
                    server, command, () -> waiting.isDone() || !channels(server).isEmpty());
            assertThat(first.extend(Duration.ofHours(1)).toCompletableFuture().join())
                    .isTrue();
            String name = server.<List<String>>call(redis -> redis.keys("shop:*:lock:*"))
                    .get(0);
            awaitUnlessRefused(server, command, () -> server.<Long>call(redis -> redis.pttl(name)) < 10_000);
            first.release().toCompletableFuture().join();
            held(waiting).release().toCompletableFuture().join();
            awaitUnlessRefused(server, command, () -> channels(server).isEmpty());
        } finally {
            client.shutdown();
        }
    }

    private static void awaitUnlessRefused(RedisServer server, String command, Callable<Boolean> condition) {
        await().until(() -> condition.call() || server.hasRefused(command));
        assertThat(server.hasRefused(command)).isFalse();
    }

    private static List<String> channels(RedisServer server) {
        return server.call(redis -> redis.pubsubChannels());
    }

    private static HeldLock held(CompletableFuture<LockReply> reply) {
        return ((LockReply.Acquired) reply.join()).lock();
    }

    private static CompletableFuture<LockReply> acquire(RedissonSessionLockProvider provider, boolean renewed) {
        SessionAddress address = new SessionAddress("checkout", "order-7");
        return provider.acquire(new LockRequest(
                        address, Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMillis(50), renewed))
                .toCompletableFuture();
    }
}
