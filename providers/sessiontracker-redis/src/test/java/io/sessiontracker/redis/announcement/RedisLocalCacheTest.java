package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redis.announcement.CachingNode.Basket;
import io.sessiontracker.spi.support.RandomIds;
import io.sessiontracker.testing.CommandMonitor;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RedisLocalCacheTest {

    /** With heartbeats so rare that none comes among the commands that a test counts. */
    private static final NearCacheSettings LOCAL = new NearCacheSettings(NearCacheMode.LOCAL, Duration.ofHours(1));

    private final RedisServer server = RedisServer.launch();
    private final CachingNode node = node(CachingNode.DEFAULTS.withNearCache(LOCAL));
    private final CachingNode other = node(CachingNode.DEFAULTS);

    @AfterEach
    void stop() {
        node.close();
        other.close();
        server.close();
    }

    private CachingNode node(SessionTypeSettings settings) {
        return new CachingNode(server.newConnectionFactory(Duration.ofMinutes(1)), settings);
    }

    @Test
    void shouldAnswerWithoutAskingTheServer() {
        node.tracker.start(new Basket("b-1")).orElseThrow();
        node.awaitHit("b-1");

        assertThat(commandsDuring(() -> {
                    for (int i = 0; i < 100; i++) {
                        Basket basket = node.tracker.get(Basket.class, "b-1").orElseThrow();
                        assertThat(basket.items).isZero();
                        basket.items = 7;
                        node.tracker.peek(Basket.class, "b-1").orElseThrow();
                        node.tracker
                                .getOrStart(Basket.class, "b-1", () -> basket)
                                .orElseThrow();
                    }
                }))
                .isEmpty();
    }

    @Test
    void shouldChangeInOneRoundTrip() {
        node.tracker.start(new Basket("b-1")).orElseThrow();
        other.add("b-1");
        await().until(() -> node.items("b-1") == 1);
        node.awaitHit("b-1");

        assertThat(commandsDuring(() -> {
                    for (int i = 0; i < 200; i++) {
                        node.add("b-1");
                    }
                }))
                .hasSize(200)
                .containsOnly("evalsha");
        assertThat(node.items("b-1")).isEqualTo(201);
        assertThat(other.items("b-1")).isEqualTo(201);
    }

    @Test
    void shouldSeeEveryKindOfChange() {
        node.tracker.start(new Basket("b-1")).orElseThrow();
        node.awaitHit("b-1");
        other.add("b-1");
        await("update").until(() -> node.peek("b-1").orElseThrow().items == 1);
        node.awaitHit("b-1");
        other.tracker
                .expire(Basket.class, "b-1", SessionEntryOptions.absoluteAt(Instant.EPOCH))
                .orElseThrow();
        await("lifetimes").until(() -> node.peek("b-1").isFailure());
        Basket again = new Basket("b-1");
        again.items = 1;
        node.tracker.start(again).orElseThrow();
        node.awaitHit("b-1");
        other.tracker.finish(Basket.class, "b-1").orElseThrow();
        await("finish").until(() -> node.peek("b-1").isFailure());
        node.tracker.resume(Basket.class, "b-1").orElseThrow();
        assertThat(node.items("b-1")).isOne();
        node.awaitHit("b-1");
        other.tracker.delete(Basket.class, "b-1").orElseThrow();
        await("deletion").until(() -> node.peek("b-1").isFailure());
        node.tracker.start(new Basket("b-1")).orElseThrow();
        node.awaitHit("b-1");
        other.tracker.delete(Basket.class, "b-1").orElseThrow();
        Basket full = new Basket("b-1");
        full.items = 7;
        other.tracker.start(full).orElseThrow();

        await("start").until(() -> node.peek("b-1").isSuccess() && node.items("b-1") == 7);
    }

    @Test
    void shouldSeeItsOwnChangesAtOnce() {
        node.tracker.start(new Basket("b-1")).orElseThrow();
        for (int i = 1; i <= 200; i++) {
            node.add("b-1");
            assertThat(node.items("b-1")).isEqualTo(i);
        }
        node.tracker.finish(Basket.class, "b-1").orElseThrow();
        assertThat(node.tracker.get(Basket.class, "b-1").isFailure()).isTrue();
        node.tracker.resume(Basket.class, "b-1").orElseThrow();
        assertThat(node.items("b-1")).isEqualTo(200);
        node.tracker.delete(Basket.class, "b-1").orElseThrow();
        assertThat(node.tracker.get(Basket.class, "b-1").isFailure()).isTrue();
    }

    @Test
    void shouldAskForASessionWhoseChangesAreNotAnnounced() {
        node.tracker.start(new Basket("b-1")).orElseThrow();
        node.awaitHit("b-1");
        other.tracker.start(new Basket("b-2")).orElseThrow();
        node.items("b-2");

        assertThat(commandsDuring(() -> node.items("b-2"))).containsExactly("evalsha");
        other.add("b-2");
        assertThat(node.items("b-2")).isOne();
    }

    @Test
    void shouldEndWithItsSession() {
        Basket shortLived = new Basket("b-1");
        node.tracker
                .start(shortLived, SessionEntryOptions.absolute(Duration.ofSeconds(2)))
                .orElseThrow();
        node.awaitHit("b-1");
        await().until(() -> node.tracker.peek(Basket.class, "b-1").isFailure());
        assertThat(other.tracker.peek(Basket.class, "b-1").isFailure()).isTrue();
    }

    @Test
    void shouldTouchASessionWithoutTolerance() {
        try (CachingNode exact = node(new SessionTypeSettings(
                        SessionEntryOptions.sliding(Duration.ofMinutes(5)),
                        null,
                        CachingNode.DEFAULTS.finished(),
                        CachingNode.DEFAULTS.lock(),
                        CachingNode.DEFAULTS.indexedProperties())
                .withSlidingTolerance(Duration.ZERO)
                .withNearCache(LOCAL))) {
            exact.tracker.start(new Basket("b-1")).orElseThrow();
            await().until(() -> {
                int before = exact.hits.get();
                exact.tracker.peek(Basket.class, "b-1").orElseThrow();
                return exact.hits.get() > before;
            });

            assertThat(commandsDuring(
                            () -> exact.tracker.peek(Basket.class, "b-1").orElseThrow()))
                    .isEmpty();
            assertThat(commandsDuring(() -> exact.items("b-1"))).containsExactly("evalsha");
        }
    }

    @Test
    void shouldEndItsConnectionWithTheTracker() {
        node.tracker.start(new Basket("b-1")).orElseThrow();
        node.awaitHit("b-1");
        assertThat(subscribers()).isOne();
        node.tracker.close();

        await().until(() -> subscribers() == 0);
        assertThat(node.items("b-1")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSeeChangesOnEachTopology(RedisTopology topology) {
        RedisServers servers = topology.servers();
        String key = RandomIds.next();
        try (CachingNode one = new CachingNode(
                        servers.newConnectionFactory(Duration.ofMinutes(1)),
                        CachingNode.DEFAULTS.withNearCache(LOCAL));
                CachingNode two =
                        new CachingNode(servers.newConnectionFactory(Duration.ofMinutes(1)), CachingNode.DEFAULTS)) {
            one.tracker.start(new Basket(key)).orElseThrow();
            one.awaitHit(key);
            two.add(key);
            await().until(() -> one.items(key) == 1);
            assertThat(one.awaitHit(key).items).isOne();
        }
    }

    @Test
    void shouldNotBeOfferedWhereReplicasAreRead() {
        LettuceConnectionFactory connections = RedisServers.connect(
                RedisTopology.SENTINEL.servers().configuration(),
                client -> client.readFrom(ReadFrom.REPLICA_PREFERRED));
        try (RedisSessionDataProvider store =
                new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop")) {
            assertThat(store.announcements()).isEmpty();
        } finally {
            connections.destroy();
        }
    }

    @Test
    void shouldNeedTheRightToPublish() {
        node.tracker.start(new Basket("b-1")).orElseThrow();
        node.awaitHit("b-1");
        server.call(redis -> redis.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.PUBLISH)));
        assertThatThrownBy(() -> other.add("b-1"))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageMatching("(?s).*(no permissions|can't run this command).*");
        server.call(redis -> redis.aclSetuser("default", AclSetuserArgs.Builder.addCommand(CommandType.PUBLISH)));

        assertThat(other.items("b-1")).as("nothing was changed").isZero();
        other.add("b-1");
    }

    private long subscribers() {
        return server.<Long>call(redis -> redis.pubsubNumsub("shop:{basket#0}:c").values().stream()
                .mapToLong(Long::longValue)
                .sum());
    }

    /** Returns the commands of clients. */
    private List<String> commandsDuring(Runnable calls) {
        try (CommandMonitor monitor = new CommandMonitor(server)) {
            return monitor.during(calls);
        }
    }
}
