package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockingReader.LockingReply;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import io.sessiontracker.testing.RestrictedUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The README's user for locks without Redisson: what it may do is enough, and every right is needed. */
class RedisLockRightsTest {

    private static final String SESSIONS =
            "+evalsha +eval +time +get +getrange +set +setrange +exists +rename +del +pttl +pexpire +pexpireat +persist +zadd +zrem"
                    + " +zcard +zcount +zlexcount +zrangebylex +zrevrangebylex +zrangebyscore +zscore +hset +hlen +hdel +hgetall";
    private static final String LOCKS = "+append +publish +subscribe";
    private static final String CLUSTER = "+cluster|nodes +info";
    private static final Duration HOUR = Duration.ofHours(1);

    private final String namespace = RedisTopology.newNamespace();

    @Test
    void shouldLockWithTheRightsThatTheReadmeNames() {
        try (RedisServer server = RedisServer.launch()) {
            RestrictedUser.admit(server.node(), namespace, SESSIONS + " " + LOCKS);
            RestrictedUser.connect(
                    new RedisStandaloneConfiguration(RedisServer.HOST, server.port()),
                    namespace,
                    connections -> lockReadWaitAndExtend(connections, List.of(server.node()), () -> false));
        }
    }

    @Test
    void shouldLockWithTheseRightsOnCluster() {
        RedisServers cluster = RedisTopology.CLUSTER.servers();
        cluster.nodes().forEach(node -> RestrictedUser.admit(node, namespace, SESSIONS + " " + LOCKS + " " + CLUSTER));
        RestrictedUser.connect(
                cluster.configuration(),
                namespace,
                connections -> lockReadWaitAndExtend(connections, cluster.nodes(), () -> false));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void shouldNameNoRightThatIsNotNeeded(String right) {
        try (RedisServer server = RedisServer.launch()) {
            String fewer = Stream.of(LOCKS.split(" "))
                    .filter(other -> !other.equals(right))
                    .reduce(SESSIONS, (all, next) -> all + " " + next);
            RestrictedUser.admit(server.node(), namespace, fewer);
            RestrictedUser.connect(
                    new RedisStandaloneConfiguration(RedisServer.HOST, server.port()),
                    namespace,
                    connections -> assertThatThrownBy(() -> lockReadWaitAndExtend(
                                    connections, List.of(server.node()), () -> server.hasRefused(right.substring(1))))
                            .isInstanceOf(Throwable.class));
        }
    }

    static Stream<String> rights() {
        return Stream.of(LOCKS.split(" "));
    }

    /** Fails as soon as a command was refused, as not every refusal reaches the caller. */
    private void lockReadWaitAndExtend(
            LettuceConnectionFactory connections, List<RedisNode> nodes, BooleanSupplier refused) {
        StoreProbe store = new StoreProbe(connections, namespace);
        store.start(new Lifetimes(0, 0, StoreProbe.HOUR, 0));
        try (RedisSessionLockProvider provider = new RedisSessionLockProvider(connections, namespace, HOUR)) {
            LockRequest request = new LockRequest(store.address, HOUR, Duration.ofSeconds(30), HOUR, false);
            var reader = provider.lockingReader(store.provider).orElseThrow();
            HeldLock first = ((LockingReply.Locked)
                            reader.acquireAndGet(request).toCompletableFuture().join())
                    .lock()
                    .lock();
            assertThat(first.extend(HOUR).toCompletableFuture().join()).isTrue();
            CompletableFuture<LockReply> waiting = provider.acquire(request).toCompletableFuture();
            await().until(() -> waiting.isDone() || provider.isListening() || refused.getAsBoolean());
            assertThat(refused.getAsBoolean()).isFalse();
            first.release().toCompletableFuture().join();
            ((LockReply.Acquired) waiting.join())
                    .lock()
                    .release()
                    .toCompletableFuture()
                    .join();
        }
        await("the end of the subscription").until(() -> nodes.stream().allMatch(node -> listeners(node) == 0));
    }

    private long listeners(RedisNode node) {
        String channel = namespace + ":l";
        return RedisServer.<Long>call(node, redis -> redis.pubsubNumsub(channel).get(channel));
    }
}
