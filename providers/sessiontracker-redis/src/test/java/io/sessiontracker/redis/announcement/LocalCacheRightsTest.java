package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.stream.Stream;

import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.redis.announcement.CachingNode.Basket;
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
import static org.awaitility.Awaitility.await;

/** The user that the docs describe: what it may do is enough for copies in memory, and every right is needed. */
class LocalCacheRightsTest {

    private static final String NAMESPACE = "shop";
    private static final String SESSIONS =
            "+evalsha +eval +time +get +getrange +set +setrange +exists +rename +del +pttl +pexpire +pexpireat +persist +zadd +zrem"
                    + " +zcard +zcount +zlexcount +zrangebylex +zrevrangebylex +zrangebyscore +zscore +hset +hlen +hdel +hgetall";
    private static final String LOCAL = "+publish +subscribe";
    private static final String CLUSTER = "+cluster|nodes +info";
    private static final String LOCAL_ON_CLUSTER = LOCAL + " +cluster|info";

    @Test
    void shouldReadFromMemoryWithTheseRights() {
        try (RedisServer server = RedisServer.launch()) {
            RestrictedUser.admit(server.node(), NAMESPACE, SESSIONS + " " + LOCAL);
            RestrictedUser.connect(
                    new RedisStandaloneConfiguration(RedisServer.HOST, server.port()),
                    NAMESPACE,
                    LocalCacheRightsTest::readFromMemory);
        }
    }

    @Test
    void shouldReadFromMemoryWithTheseRightsOnCluster() {
        try (RedisServers cluster = RedisTopology.CLUSTER.launch()) {
            cluster.nodes().forEach(node -> admit(node, LOCAL_ON_CLUSTER));
            RestrictedUser.connect(cluster.configuration(), NAMESPACE, LocalCacheRightsTest::readFromMemory);
        }
    }

    @ParameterizedTest
    @MethodSource("rights")
    void shouldNameNoRightThatIsNotNeeded(String right) {
        try (RedisServers cluster = RedisTopology.CLUSTER.launch()) {
            String others = Stream.of(LOCAL_ON_CLUSTER.split(" "))
                    .filter(other -> !other.equals(right))
                    .reduce("", (all, next) -> all + " " + next);
            cluster.nodes().forEach(node -> admit(node, others));
            String command = right.substring(1);
            String before7 = command.split("\\|")[0];
            RestrictedUser.connect(cluster.configuration(), NAMESPACE, connections -> {
                CachingNode node = node(connections);
                await().until(() -> {
                    node.peek("b-1");
                    return cluster.server(0).hasRefused(command)
                            || cluster.server(0).hasRefused(before7);
                });
                assertThat(node.hits).hasValue(0);
            });
        }
    }

    static Stream<String> rights() {
        return Stream.of("+subscribe", "+cluster|info");
    }

    private static void admit(RedisNode node, String commands) {
        RestrictedUser.admit(node, NAMESPACE, SESSIONS + " " + CLUSTER + " " + commands);
    }

    private static void readFromMemory(LettuceConnectionFactory connections) {
        CachingNode node = node(connections);
        node.tracker.start(new Basket("b-1")).orElseThrow();
        node.awaitHit("b-1");
    }

    private static CachingNode node(LettuceConnectionFactory connections) {
        return new CachingNode(
                connections,
                CachingNode.DEFAULTS.withNearCache(new NearCacheSettings(NearCacheMode.LOCAL, Duration.ofMillis(400))));
    }
}
