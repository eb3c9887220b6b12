package io.sessiontracker.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

/** How Redis is run. The servers of each are started at the first use in a JVM. */
public enum RedisTopology {
    /** One server. */
    STANDALONE {
        @Override
        List<RedisServer> start() {
            return List.of(RedisServer.launch());
        }
    },

    /** Three masters without replicas. */
    CLUSTER {
        @Override
        List<RedisServer> start() {
            List<RedisServer> nodes = new ArrayList<>();
            for (int i = 0; i < MASTERS; i++) {
                nodes.add(launchClusterNode());
            }
            for (int i = 0; i < MASTERS; i++) {
                join(nodes, i);
            }
            for (RedisServer node : nodes) {
                await(
                        node,
                        "cluster_state:ok",
                        commands -> knowsAll(commands.clusterNodes()) ? commands.clusterInfo() : "");
            }
            return nodes;
        }
    },

    /** One Sentinel that watches a master with one replica. */
    SENTINEL {
        @Override
        List<RedisServer> start() {
            RedisServer master = RedisServer.launch("repl-diskless-sync yes", "repl-diskless-sync-delay 0");
            RedisServer.launch("replicaof " + RedisServer.HOST + " " + master.port());
            await(master, "state=online", commands -> commands.info("replication"));
            String name = RedisServers.MASTER_NAME;
            RedisServer sentinel = RedisServer.launchSentinel(
                    "sentinel monitor " + name + " " + RedisServer.HOST + " " + master.port() + " 1",
                    "sentinel down-after-milliseconds " + name + " 60000");
            await(
                    sentinel,
                    "status=ok,address=" + RedisServer.HOST + ":" + master.port() + ",slaves=1",
                    commands -> commands.info("sentinel"));
            return List.of(sentinel);
        }
    };

    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;

    abstract List<RedisServer> start();

    /** The servers, started now unless they are already; they end with this JVM. */
    public RedisServers servers() {
        return RedisServers.SHARED.computeIfAbsent(this, topology -> new RedisServers(topology, topology.start()));
    }

    /** Servers of one's own, to be configured as need be; they end with this JVM as well. */
    public RedisServers launch() {
        return new RedisServers(this, start());
    }

    /** A namespace that no other test has, so that tests need not clean up after themselves. */
    public static String newNamespace() {
        return "test-" + UUID.randomUUID();
    }

    static RedisServer launchClusterNode() {
        return RedisServer.launch(
                "cluster-enabled yes",
                "cluster-node-timeout 30000",
                "repl-diskless-sync yes",
                "repl-diskless-sync-delay 0");
    }

    private static void join(List<RedisServer> nodes, int index) {
        nodes.get(index).call(commands -> {
            commands.clusterSetConfigEpoch(index + 1);
            commands.clusterAddSlots(IntStream.range(index * SLOTS / MASTERS, (index + 1) * SLOTS / MASTERS)
                    .toArray());
            return commands.clusterMeet(RedisServer.HOST, nodes.get(0).port());
        });
    }

    private static boolean knowsAll(String clusterNodes) {
        return clusterNodes
                        .lines()
                        .filter(line -> line.endsWith(" connected") || line.contains(" connected "))
                        .count()
                == MASTERS;
    }

    private static void await(RedisServer server, String expected, RedisServer.Call<String> question) {
        Awaitility.await(expected)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> server.call(question).contains(expected));
    }
}
