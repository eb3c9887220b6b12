package io.sessiontracker.redis.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.cluster.SlotHash;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisNode;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A Cluster that moves a slot from one node to another. */
class RedisReshardingTest {

    private static RedisServers cluster;

    private final StoreProbe store = StoreProbe.on(cluster);
    private final int slot = SlotHash.getSlot(store.running());
    private final RedisNode source = nodes(slot, true).get(0);
    private final RedisNode target = nodes(slot, false).get(0);

    @BeforeAll
    static void launch() {
        cluster = RedisTopology.CLUSTER.launch();
    }

    @BeforeEach
    void beginToMoveTheSlot() {
        store.start(AN_HOUR);
        String sourceId = RedisServer.call(source, redis -> redis.clusterMyId());
        String targetId = RedisServer.call(target, redis -> redis.clusterMyId());
        RedisServer.call(target, redis -> redis.clusterSetSlotImporting(slot, sourceId));
        RedisServer.call(source, redis -> redis.clusterSetSlotMigrating(slot, targetId));
    }

    @AfterEach
    void stopMovingTheSlot() {
        for (RedisNode node : List.of(source, target)) {
            RedisServer.call(node, redis -> redis.clusterSetSlotStable(slot));
        }
    }

    @Test
    void shouldWaitUntilTheSlotIsMoved() {
        AtomicInteger delays = new AtomicInteger();
        ScriptRunner runner =
                new TemplateRunner(cluster.connectionFactory(), nanos -> endMoveAtSecond(delays.incrementAndGet()));

        assertFinishes(runner);
        assertThat(delays).hasValue(2);
    }

    @Test
    void shouldBeSentAgainUntilTheSlotIsMoved() {
        AtomicInteger delays = new AtomicInteger();

        assertFinishes(runnerWithDelays(delays));
        assertThat(delays).hasValue(2);
    }

    /** Not one of these sendings can have been carried out, so the refusal is no matter of doubt. */
    @Test
    void shouldBeRefusedWhenTheSlotIsMoved() {
        AtomicInteger delays = new AtomicInteger();

        assertRefused(runnerWithDelays(delays), store, store.address);
        assertThat(delays).hasValue(2);
    }

    @Test
    void shouldBeRefusedAfterARedirection() {
        SessionAddress elsewhere = new SessionAddress("redirected", "order-7");
        int empty = SlotHash.getSlot(store.layout.running(elsewhere));
        RedisNode before = nodes(empty, true).get(0);
        ScriptRunner runner = new LettuceRunner(cluster.connectionFactory());
        assertRefused(runner, store, elsewhere);
        try {
            own(empty, nodes(empty, false).get(0));
            assertRefused(runner, store, elsewhere);
        } finally {
            own(empty, before);
        }
    }

    private static void own(int slot, RedisNode owner) {
        String id = RedisServer.call(owner, redis -> redis.clusterMyId());
        cluster.nodes().forEach(node -> RedisServer.call(node, redis -> redis.clusterSetSlotNode(slot, id)));
    }

    private static void assertRefused(ScriptRunner runner, StoreProbe store, SessionAddress address) {
        SessionVersion other = new SessionVersion(StoreProbe.newId(), 7);
        ScriptCall<StoreReply> update =
                store.operations.update(address, other, null, StoreProbe.data("b"), OperationToken.random());
        assertThat(StoreProbe.<StoreReply>join(runner.run(update)))
                .isInstanceOfAny(StoreReply.VersionConflict.class, StoreReply.NotFound.class);
    }

    private ScriptRunner runnerWithDelays(AtomicInteger delays) {
        return new LettuceRunner(
                cluster.connectionFactory(),
                (task, nanos) -> new Thread(() -> {
                            endMoveAtSecond(delays.incrementAndGet());
                            task.run();
                        })
                        .start());
    }

    private void endMoveAtSecond(int pause) {
        if (pause == 2) {
            stopMovingTheSlot();
        }
    }

    private void assertFinishes(ScriptRunner runner) {
        assertThat(StoreProbe.<StoreReply>join(runner.run(store.finishOf(null, AN_HOUR, true))))
                .isInstanceOf(StoreReply.Done.class);
    }

    @Test
    void shouldNameTheReasonWhenItTakesTooLong() {
        assertNamesTheReason(new TemplateRunner(cluster.connectionFactory()));
        assertNamesTheReason(new LettuceRunner(cluster.connectionFactory()));
    }

    private void assertNamesTheReason(ScriptRunner runner) {
        assertThatThrownBy(() -> StoreProbe.join(runner.run(store.operations.get(store.address, true))))
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("TRYAGAIN");
    }

    /** Those that have the slot, or those that have not. */
    private static List<RedisNode> nodes(int slot, boolean owning) {
        return cluster.nodes().stream()
                .filter(node -> owning == owns(node, slot))
                .toList();
    }

    private static boolean owns(RedisNode node, int slot) {
        return RedisServer.<String>call(node, redis -> redis.clusterNodes())
                .lines()
                .filter(line -> line.contains("myself"))
                .flatMap(line -> List.of(line.split(" ")).stream().skip(8))
                .map(range -> range.split("-"))
                .anyMatch(range -> range.length == 2
                        && !range[0].startsWith("[")
                        && Integer.parseInt(range[0]) <= slot
                        && slot <= Integer.parseInt(range[1]));
    }
}
