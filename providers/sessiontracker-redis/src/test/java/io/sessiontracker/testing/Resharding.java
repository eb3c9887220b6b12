package io.sessiontracker.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import org.springframework.data.redis.connection.RedisNode;

/** Moves slots of a Cluster from node to node, with all that is in them. */
public final class Resharding implements AutoCloseable {

    private static final int BATCH = 3;
    private static final int TIMEOUT_MILLIS = 5000;

    private final RedisClient admin = RedisClient.create();
    private final List<Node> nodes;
    private final Map<Integer, Node> owners = new HashMap<>();

    /** Of these masters. */
    public Resharding(RedisServers cluster) {
        nodes = cluster.nodes().stream().map(node -> new Node(admin, node)).toList();
    }

    /** As {@code redis-cli --cluster reshard} does: to the next node but some. */
    public void move(int slot, int skipped) {
        begin(slot, skipped).end();
    }

    /** Begins to move a slot; what is in it stays where it is. */
    public Move begin(int slot, int skipped) {
        Node source = owners.computeIfAbsent(slot, this::owner);
        Node target = nodes.get((nodes.indexOf(source) + 1 + skipped % (nodes.size() - 1)) % nodes.size());
        target.commands.clusterSetSlotImporting(slot, source.id);
        source.commands.clusterSetSlotMigrating(slot, target.id);
        return new Move(slot, source, target);
    }

    /** As the nodes were joined. */
    private Node owner(int slot) {
        return nodes.stream().filter(node -> node.owns(slot)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        admin.shutdown();
    }

    /** A slot that is being moved. */
    public final class Move {

        private final int slot;
        private final Node source;
        private final Node target;

        private Move(int slot, Node source, Node target) {
            this.slot = slot;
            this.source = source;
            this.target = target;
        }

        /** Moves what is in it, and then the slot. */
        public void end() {
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

        /** Where it is moved. */
        public RedisNode target() {
            return target.node;
        }
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
