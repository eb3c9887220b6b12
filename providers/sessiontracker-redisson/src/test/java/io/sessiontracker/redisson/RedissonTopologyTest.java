package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.api.RedissonClient;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two applications on each topology, with keys in many slots and of all characters. */
class RedissonTopologyTest {

    private static final List<String> KEYS =
            List.of("order-7", "{", "a}b{c", "{}", "with blank", "ключ-日本-🔑", "x".repeat(512));

    @ParameterizedTest
    @EnumSource
    void shouldUseSlotOfTheSession(RedisTopology topology) {
        String namespace = RedisTopology.newNamespace();
        StringRedisTemplate redis = new StringRedisTemplate(topology.servers().connectionFactory());
        RedissonClient one = RedissonClients.of(topology.servers());
        RedissonClient other = RedissonClients.of(topology.servers());
        try {
            var provider = new RedissonSessionLockProvider(one, namespace);
            var rival = new RedissonSessionLockProvider(other, namespace);
            for (String key : KEYS) {
                SessionAddress address = new SessionAddress("lock", key);
                HeldLock lock = held(acquire(provider, address, Duration.ZERO));
                String name = namespace + ":{lock#" + address.bucket() + "}:lock:" + key;
                assertThat(redis.<String, String>opsForHash().entries(name)).containsOnlyKeys(lock.id());
                assertThat(acquire(rival, address, Duration.ZERO).join())
                        .isEqualTo(new LockReply.Refused(LockStatus.CONFLICTED));
                CompletableFuture<LockReply> waiting = acquire(rival, address, Duration.ofMinutes(1));
                assertThat(lock.extend(Duration.ofHours(2))
                                .toCompletableFuture()
                                .join())
                        .isTrue();
                assertThat(redis.getExpire(name)).isGreaterThan(3600);
                lock.release().toCompletableFuture().join();
                held(waiting).release().toCompletableFuture().join();
                assertThat(redis.hasKey(name)).isFalse();
            }
            await().until(() -> keys(redis, "redisson*" + namespace + "*").isEmpty());
        } finally {
            one.shutdown();
            other.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeedNoThreadsOrConnectionsPerLock(RedisTopology topology) {
        RedissonClient client = RedissonClients.of(topology.servers());
        try {
            var provider = new RedissonSessionLockProvider(client, RedisTopology.newNamespace());
            take(provider, 0, 5)
                    .forEach(lock -> lock.release().toCompletableFuture().join());
            int threads = redissonThreads();
            List<HeldLock> locks = take(provider, 0, 100);
            List<CompletableFuture<LockReply>> waiting = IntStream.range(0, 100)
                    .mapToObj(i -> acquire(provider, address(i), Duration.ofMinutes(1)))
                    .toList();
            assertThat(redissonThreads()).isLessThanOrEqualTo(threads + 2);
            locks.forEach(lock -> lock.release().toCompletableFuture().join());
            waiting.forEach(lock -> held(lock).release().toCompletableFuture().join());
        } finally {
            client.shutdown();
        }
    }

    private static List<HeldLock> take(RedissonSessionLockProvider provider, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> acquire(provider, address(i), Duration.ZERO)).toList().stream()
                .map(RedissonTopologyTest::held)
                .toList();
    }

    private static SessionAddress address(int i) {
        return new SessionAddress("checkout", "order-" + i);
    }

    private static int redissonThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("redisson"))
                .count();
    }

    private static Set<String> keys(StringRedisTemplate redis, String pattern) {
        Set<String> keys = redis.keys(pattern);
        return keys == null ? Set.of() : keys;
    }

    private static HeldLock held(CompletableFuture<LockReply> reply) {
        return ((LockReply.Acquired) reply.join()).lock();
    }

    private static CompletableFuture<LockReply> acquire(
            RedissonSessionLockProvider provider, SessionAddress address, Duration wait) {
        return provider.acquire(new LockRequest(address, Duration.ofHours(1), wait, Duration.ofMillis(50), false))
                .toCompletableFuture();
    }
}
