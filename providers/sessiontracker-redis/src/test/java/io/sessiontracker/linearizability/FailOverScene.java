package io.sessiontracker.linearizability;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.awaitility.Awaitility;

/** A master with a replica behind one name, and processes that reach by it whichever is the master. */
final class FailOverScene implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final ProtocolKeyword FAILOVER = () -> "FAILOVER".getBytes(StandardCharsets.US_ASCII);

    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<ClientProcess> clients = new ArrayList<>();
    private final Random random = new Random(FaultRun.SEED);
    private RedisServer master = launch();
    private RedisServer replica = launch();
    final FaultRun run;

    FailOverScene(int processes) {
        follow(replica, master);
        String namespace = RedisTopology.newNamespace();
        for (int i = 0; i < processes; i++) {
            FaultProxy proxy = FaultProxy.to(master);
            proxies.add(proxy);
            clients.add(new ClientProcess(
                    "p" + i + "c",
                    namespace,
                    FaultScene.COMMAND_TIMEOUT,
                    proxy.node().asString()));
        }
        run = new FaultRun(clients);
    }

    private static RedisServer launch() {
        return RedisServer.launch("repl-diskless-sync yes", "repl-diskless-sync-delay 0", "repl-timeout 5");
    }

    /** The two change their parts when both have the same, as before maintenance. */
    void plannedFailOver() {
        run.pause(upTo(200));
        Awaitility.await("the fail-over")
                .atMost(MAX_WAIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> master.call(FailOverScene::handOver));
        swap();
        reconnect();
    }

    /** Whether it is done; else it begins, unless it is under way. */
    private static boolean handOver(RedisCommands<String, String> redis) {
        String replication = redis.info("replication");
        if (replication.contains("master_failover_state:no-failover") && replication.contains("state=online")) {
            redis.dispatch(FAILOVER, new StatusOutput<>(StringCodec.UTF8));
        }
        return replication.contains("role:slave");
    }

    private void swap() {
        RedisServer before = master;
        master = replica;
        replica = before;
        proxies.forEach(proxy -> proxy.redirect(master));
    }

    private void reconnect() {
        run.pause(upTo(200));
        proxies.forEach(FaultProxy::cut);
        await("replication", replica, "master_link_status:up");
    }

    private static void follow(RedisServer replica, RedisServer master) {
        replica.call(redis -> redis.replicaof(RedisServer.HOST, master.port()));
        await("replication", replica, "master_link_status:up");
    }

    private static void await(String what, RedisServer server, String expected) {
        Awaitility.await(what)
                .atMost(MAX_WAIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.call(redis -> redis.info("replication")).contains(expected));
    }

    private Duration upTo(int mostMillis) {
        return Duration.ofMillis(1 + random.nextInt(mostMillis));
    }

    @Override
    public void close() {
        clients.forEach(ClientProcess::close);
        proxies.forEach(FaultProxy::close);
        master.close();
        replica.close();
    }
}
