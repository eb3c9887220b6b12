package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.client.Masters;
import io.sessiontracker.redis.script.KeyLayout;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import io.sessiontracker.testing.Resharding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A Cluster's masters, each of which announces the changes that it makes. */
class ClusterAnnouncementsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RedisServers cluster = RedisTopology.CLUSTER.launch();
    private final Resharding resharding = new Resharding(cluster);
    private final String namespace = RedisTopology.newNamespace();
    private final KeyLayout layout = new KeyLayout(namespace);
    private final LettuceConnectionFactory connections = connect();
    private final LettuceRunner runner = new LettuceRunner(connections);
    private final Masters masters = runner.masters();
    private final RedisSessionDataProvider store =
            new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace);
    private final RecordedChanges recorded = new RecordedChanges();
    private final SessionAnnouncements.Subscription subscription =
            store.announcements().orElseThrow().subscribe(Duration.ofMillis(100), recorded);

    private LettuceConnectionFactory connect() {
        // Nobody but the announcements learns of other nodes.
        return RedisServers.awaitConnected(cluster.newConnectionFactory(Duration.ofSeconds(3)));
    }

    @AfterEach
    void stop() {
        subscription.suspend();
        store.close();
        runner.close();
        connections.destroy();
        resharding.close();
        cluster.close();
    }

    @Test
    void shouldBeReceivedFromAllMasters() {
        awaitLag();
        Set<SessionAddress> started = IntStream.range(0, 100)
                .mapToObj(i -> new SessionAddress("cart", "c-" + i))
                .collect(Collectors.toSet());
        started.forEach(address -> RecordedChanges.start(store, address));

        await().untilAsserted(() -> assertThat(recorded.changes).containsExactlyInAnyOrderElementsOf(started));
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat(channels(node)).isPositive());
        assertThat(cluster.nodes().stream().mapToLong(this::channels).sum())
                .as("each channel is received once")
                .isEqualTo(SessionAddress.BUCKETS);
    }

    @Test
    void shouldFollowASlotThatMoves() {
        SessionAddress address = new SessionAddress("cart", "c-1");
        int slot = SlotHash.getSlot(layout.running(address));
        byte[] channel = layout.bucket(address).changes();
        RecordedChanges.start(store, address);
        awaitLag();
        Resharding.Move move = resharding.begin(slot, 0);
        await("unknown what is announced").until(() -> subscription.lagMillis("cart") > 500);
        int before = recorded.missed.get();
        move.end();
        awaitLag();

        assertThat(recorded.missed.get()).isGreaterThan(before);
        assertThat(subscribers(move.target(), channel)).isOne();
    }

    @Test
    void shouldBoundStalenessWhileASlotMoves() throws InterruptedException {
        int slot = SlotHash.getSlot("{basket#" + new SessionAddress("basket", "b-1").bucket() + "}");
        try (CachingNode writer = CachingNode.local(connect(), StalenessRun.MAX_STALENESS);
                CachingNode reader = CachingNode.local(connect(), StalenessRun.MAX_STALENESS)) {
            new StalenessRun(writer, reader)
                    .assertNeverExceeded("MOVING_SLOT", () -> resharding.move(slot, 0), () -> {});
        }
    }

    @Test
    void shouldBeginAgainAfterALostConnection() {
        awaitLag();
        for (RedisNode node : cluster.nodes()) {
            int before = recorded.missed.get();
            RedisServer.call(
                    node,
                    redis -> redis.aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.SUBSCRIBE)));
            RedisServer.call(node, redis -> redis.clientKill(KillArgs.Builder.typePubsub()));
            await("unknown what one of three announces").until(() -> subscription.lagMillis("cart") > 500);
            RedisServer.call(
                    node,
                    redis -> redis.aclSetuser("default", AclSetuserArgs.Builder.addCommand(CommandType.SUBSCRIBE)));
            awaitLag();
            assertThat(recorded.missed.get()).isGreaterThan(before);
        }
    }

    @Test
    void shouldFollowAFailOver() throws ExecutionException, InterruptedException {
        RedisServer frozen = cluster.server(0);
        try (RedisServer replica = cluster.addReplica(0)) {
            awaitLag();
            Masters.Topology before = topology();
            frozen.freeze();
            await("unknown what is announced").until(() -> subscription.lagMillis("cart") > 1_000);
            replica.call(redis -> redis.clusterFailover(true));
            awaitLag();

            Masters.Topology after = topology();
            assertThat(after.epoch()).isGreaterThan(before.epoch());
            assertThat(after.masters())
                    .extracting(master -> master.uri().getPort())
                    .contains(replica.port())
                    .doesNotContain(frozen.port());
        }
    }

    @Test
    void shouldKnowTheTopology() throws ExecutionException, InterruptedException {
        Masters.Topology before = topology();
        assertThat(before.masters()).hasSize(3);
        assertThat(topology()).isEqualTo(before);
        Resharding.Move move = resharding.begin(7, 0);
        assertThatThrownBy(this::topology).rootCause().hasMessageContaining("is not a master with slots that stay");
        move.end();
        await().ignoreExceptions().until(() -> topology().epoch() > before.epoch());
    }

    private Masters.Topology topology() throws ExecutionException, InterruptedException {
        return masters.topology().toCompletableFuture().get();
    }

    private long channels(RedisNode node) {
        return RedisServer.<List<String>>call(node, RedisCommands::pubsubChannels).stream()
                .filter(channel -> channel.startsWith(namespace + ":{cart#"))
                .count();
    }

    private static long subscribers(RedisNode node, byte[] channel) {
        return RedisServer.<Map<String, Long>>call(node, redis -> redis.pubsubNumsub(new String(channel)))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void awaitLag() {
        await().atMost(SOON).until(() -> subscription.lagMillis("cart") < 100);
    }
}
