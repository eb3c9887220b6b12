package io.sessiontracker.linearizability;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.redis.connection.RedisNode;

/** While the slots of the sessions are moved from node to node, with all that is in them. See {@link FaultRun}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinearizabilityWhileReshardingTest {

    private static final int PROCESSES = 3;
    private static final int BATCH = 3;
    private static final int TIMEOUT_MILLIS = 5000;

    private final Random random = new Random(FaultRun.SEED);
    private final RedisServers cluster = RedisTopology.CLUSTER.launch();
    private final RedisClient admin = RedisClient.create();
    private final List<Node> nodes =
            cluster.nodes().stream().map(node -> new Node(admin, node)).toList();
    private final Map<Integer, Node> owners = new HashMap<>();
    private List<ClientProcess> clients = List.of();
    private FaultRun run;

    @BeforeAll
    void open() {
        String namespace = RedisTopology.newNamespace();
        String addresses = cluster.nodes().stream().map(RedisNode::asString).collect(Collectors.joining(","));
        clients = Stream.of("p0c", "p1c", "p2c")
                .limit(PROCESSES)
                .map(name -> new ClientProcess(name, namespace, FaultScene.COMMAND_TIMEOUT, addresses))
                .toList();
        run = new FaultRun(clients);
    }

    @AfterAll
    void close() {
        clients.forEach(ClientProcess::close);
        admin.shutdown();
    }

    @Test
    void shouldBeLinearizable() {
        run.assertLinearizable("RESHARDING", () -> {
            String key = run.keys().get(random.nextInt(run.keys().size()));
            move(SlotHash.getSlot("{journal#" + new SessionAddress("journal", key).bucket() + "}"));
        });
    }

    /** As {@code redis-cli --cluster reshard} does. */
    private void move(int slot) {
        Node source = owners.computeIfAbsent(slot, this::owner);
        Node target = nodes.get((nodes.indexOf(source) + 1 + random.nextInt(nodes.size() - 1)) % nodes.size());
        target.commands.clusterSetSlotImporting(slot, source.id);
        source.commands.clusterSetSlotMigrating(slot, target.id);
        for (List<String> keys = source.keys(slot, BATCH); !keys.isEmpty(); keys = source.keys(slot, BATCH)) {
            source.commands.migrate(
                    target.node.getRequiredHost(),
                    target.node.getRequiredPort(),
                    0,
                    TIMEOUT_MILLIS,
                    MigrateArgs.Builder.keys(keys));
        }
        target.commands.clusterSetSlotNode(slot, target.id);
        source.commands.clusterSetSlotNode(slot, target.id);
        nodes.forEach(node -> node.commands.clusterSetSlotNode(slot, target.id));
        owners.put(slot, target);
    }

    /** As the nodes were joined. */
    private Node owner(int slot) {
        return nodes.stream().filter(node -> node.owns(slot)).findFirst().orElseThrow();
    }

    /** One of the Cluster's. */
    private static final class Node {

        private final RedisNode node;
        private final RedisCommands<String, String> commands;
        private final String id;

        Node(RedisClient client, RedisNode node) {
            this.node = node;
            StatefulRedisConnection<String, String> connection =
                    client.connect(RedisURI.create(node.getRequiredHost(), node.getRequiredPort()));
            commands = connection.sync();
            id = commands.clusterMyId();
        }

        List<String> keys(int slot, int most) {
            return commands.clusterGetKeysInSlot(slot, most);
        }

        boolean owns(int slot) {
            return ClusterPartitionParser.parse(commands.clusterNodes())
                    .getPartitionByNodeId(id)
                    .hasSlot(slot);
        }
    }
}
