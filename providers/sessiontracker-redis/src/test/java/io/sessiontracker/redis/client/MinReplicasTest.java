package io.sessiontracker.redis.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.SessionScripts;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import io.sessiontracker.testing.RestrictedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A successful change is on a replica; otherwise its caller learns that the outcome is unknown. */
class MinReplicasTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final RedisServer master = RedisServer.launch("repl-diskless-sync yes", "repl-diskless-sync-delay 0");
    private final RedisServer replica = RedisServer.launch("replicaof " + RedisServer.HOST + " " + master.port());
    private final FaultProxy proxy = FaultProxy.to(master);
    private final LettuceConnectionFactory connections = RedisServers.awaitConnected(RedisServers.connect(
            new RedisStandaloneConfiguration(RedisServer.HOST, proxy.port()),
            client -> client.commandTimeout(Duration.ofSeconds(4))));
    private final StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace(), 1);

    MinReplicasTest() {
        awaitReplica(master);
    }

    private static void awaitReplica(RedisServer server) {
        await().atMost(SOON)
                .until(() -> server.call(redis -> redis.info("replication")).contains("state=online"));
    }

    @AfterEach
    void stop() {
        store.provider.close();
        connections.destroy();
        proxy.close();
        replica.close();
        master.close();
    }

    @Test
    void shouldDoEveryOperation() {
        for (int round = 0; round < 2; round++) {
            for (ScriptCall<StoreReply> operation : store.everyOperation(store.start(AN_HOUR))) {
                assertThat(store.run(operation)).isNotInstanceOf(StoreReply.NotFound.class);
            }
            master.call(RedisCommands::scriptFlush);
        }
    }

    @Test
    void shouldSayThatAnOutcomeIsUnknownWithoutAReplica() {
        SessionVersion version = store.start(AN_HOUR);
        replica.freeze();

        OperationToken token = OperationToken.random();
        ScriptCall<StoreReply> update =
                store.operations.update(store.address, version, null, StoreProbe.data("b"), token);
        assertUnknown(update, "0 of 1 replicas");
        assertThat(store.run(store.updateOf(version, "c"))).isInstanceOf(StoreReply.VersionConflict.class);
        assertThat(store.run(store.operations.get(store.address, true))).isInstanceOf(StoreReply.Done.class);

        replica.thaw();
        await().atMost(SOON).ignoreExceptions().until(() -> store.run(update) instanceof StoreReply.Done);
    }

    @Test
    void shouldSayThatTheStartOfASessionInNoIndexIsUnknownWithoutAReplica() {
        replica.freeze();
        OperationToken token = OperationToken.random();
        ScriptCall<Optional<StoreReply>> start = SessionScripts.withoutIndex(store.operations.start(
                store.address,
                List.of(token.newSessionId()),
                StoreProbe.data("a"),
                AN_HOUR.withQueryable(false),
                token,
                false));

        assertThatThrownBy(() -> store.runner.run(start).toCompletableFuture().join())
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("0 of 1 replicas");
        replica.thaw();
    }

    @Test
    void shouldSayThatAnOutcomeIsUnknownWhenTheConnectionBreaks() {
        SessionVersion version = store.start(AN_HOUR);
        proxy.holdReplies();
        ScriptCall<StoreReply> update =
                store.operations.update(store.address, version, null, StoreProbe.data("b"), OperationToken.random());
        var answer = store.runner.run(update).toCompletableFuture();
        proxy.awaitHeldReply();
        proxy.cut();
        proxy.restore();

        assertThatThrownBy(answer::join).hasCauseInstanceOf(SessionStoreException.class);
        await().atMost(SOON).ignoreExceptions().until(() -> store.run(update) instanceof StoreReply.Done);
    }

    @Test
    void shouldHaveAcknowledgedSessionsOnTheReplica() {
        ConcurrentLinkedQueue<SessionAddress> acknowledged = new ConcurrentLinkedQueue<>();
        List<Thread> callers = IntStream.range(0, 8)
                .mapToObj(caller -> new Thread(() -> {
                    for (int i = 0; startOne(new SessionAddress("checkout", caller + "-" + i), acknowledged); i++) {}
                }))
                .toList();
        callers.forEach(Thread::start);
        await().atMost(SOON).until(() -> acknowledged.size() > 200);
        master.stop();
        callers.forEach(MinReplicasTest::join);

        List<Boolean> there = replica.call(redis -> acknowledged.stream()
                .map(address -> redis.exists(new String(store.layout.running(address), StandardCharsets.UTF_8)) == 1)
                .toList());
        assertThat(there).hasSizeGreaterThan(200).doesNotContain(false);
    }

    private boolean startOne(SessionAddress address, ConcurrentLinkedQueue<SessionAddress> acknowledged) {
        try {
            store.run(store.startOf(address, StoreProbe.data("a"), AN_HOUR));
            acknowledged.add(address);
            return true;
        } catch (CompletionException e) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(SOON.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldAskTheReplicasThatSentinelKnowsOf() {
        LettuceConnectionFactory sentinel = RedisTopology.SENTINEL.servers().newConnectionFactory(SOON);
        StoreProbe sentinels = new StoreProbe(sentinel, RedisTopology.newNamespace(), 1);

        for (ScriptCall<StoreReply> operation : sentinels.everyOperation(sentinels.start(AN_HOUR))) {
            assertThat(sentinels.run(operation)).isNotInstanceOf(StoreReply.NotFound.class);
        }
        sentinels.provider.close();
        sentinel.destroy();
    }

    /** One master has a replica, and the others none. */
    @Test
    void shouldAskTheReplicasOfTheMasterThatHasTheSlot() {
        RedisServers cluster = RedisTopology.CLUSTER.launch();
        try (RedisServer replica = cluster.addReplica(0)) {
            LettuceConnectionFactory factory = cluster.newConnectionFactory(Duration.ofSeconds(4));
            StoreProbe clustered = new StoreProbe(factory, RedisTopology.newNamespace(), 1);
            SessionAddress safe = addressIn(clustered, slot -> slot < 5_000);
            SessionAddress unsafe = addressIn(clustered, slot -> slot > 6_000);

            assertThat(clustered.run(clustered.startOf(safe, StoreProbe.data("a"), AN_HOUR)))
                    .isInstanceOf(StoreReply.Started.class);
            assertThatThrownBy(() -> clustered.run(clustered.startOf(unsafe, StoreProbe.data("a"), AN_HOUR)))
                    .cause()
                    .hasMessageContaining("0 of 1 replicas");
            clustered.provider.close();
            factory.destroy();
            assertThat(replica.<String>call(redis -> redis.info("replication"))).contains("role:slave");
        }
    }

    /** As the default user it could wait. */
    @Test
    void shouldConnectToTheNodesOfAClusterAsItsUser() {
        RedisServers cluster = RedisTopology.CLUSTER.servers();
        String namespace = RedisTopology.newNamespace();
        cluster.nodes().forEach(node -> RestrictedUser.admit(node, namespace, "+@all -wait"));
        RestrictedUser.connect(cluster.configuration(), namespace, restricted -> {
            StoreProbe clustered = new StoreProbe(restricted, namespace, 1);
            assertThatThrownBy(() -> clustered.start(AN_HOUR))
                    .hasMessageMatching("(?s).*(no permissions|can't run this command).*");
            clustered.provider.close();
        });
    }

    private static SessionAddress addressIn(StoreProbe store, Predicate<Integer> slot) {
        return StoreProbe.addresses(1_000).stream()
                .filter(address -> slot.test(SlotHash.getSlot(store.layout.running(address))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldRefuseAConnectionThatCannotWait() {
        LettuceConnectionFactory unshared = RedisTopology.STANDALONE.servers().newUnsharedConnectionFactory();

        assertThatThrownBy(() -> new StoreProbe(unshared, store.namespace, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shareNativeConnection");
        assertThatThrownBy(() -> new StoreProbe(connections, store.namespace, -1))
                .isInstanceOf(IllegalArgumentException.class);
        unshared.destroy();
    }

    private void assertUnknown(ScriptCall<StoreReply> operation, String reason) {
        assertThatThrownBy(() -> store.run(operation))
                .cause()
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContainingAll(reason, "outcome is unknown");
    }
}
