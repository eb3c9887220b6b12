package io.sessiontracker.redis.client;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The servers that sessions are written on: the masters of a Cluster, else the one server to which a runner's connection leads. */
public final class Masters {

    private static final View ONE_SERVER = new View(List.of(new Master("", null, allSlots())), 0);

    private final LettuceRunner runner;
    private final NodeConnections nodes;

    Masters(LettuceRunner runner, NodeConnections nodes) {
        this.runner = runner;
        this.nodes = nodes;
    }

    /**
     * All masters. Those of a Cluster are equal to those of an earlier time only if no slot was moved in between, nor a master replaced:
     * each such step raises the epoch, and a majority of the masters knows that before a new master is one. See the <a
     * href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis Cluster specification</a>.
     *
     * @param masters those that have slots, which are all
     * @param epoch the Cluster's, as each of them knows it
     */
    public record View(List<Master> masters, long epoch) {}

    /** A server, and the hash slots of a Cluster that it has. */
    public record Master(String id, @Nullable RedisURI uri, BitSet slots) {

        /** Returns whether the server has this key, and runs the scripts that change it. */
        public boolean has(byte[] key) {
            return slots.get(SlotHash.getSlot(key));
        }
    }

    /**
     * Asks all masters of a Cluster how they see themselves. Fails if one does not answer, if a slot is being moved, whose sessions are on
     * two masters, or if they are not of one mind. No other server is asked.
     */
    public CompletionStage<View> view() {
        if (!runner.connections().isClusterAware()) {
            return CompletableFuture.completedFuture(ONE_SERVER);
        }
        return runner.cluster().thenCompose(Masters::askAll);
    }

    private static CompletionStage<View> askAll(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        List<CompletableFuture<Statement>> statements = cluster.getPartitions().stream()
                .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots())
                .map(node -> ask(cluster, node))
                .toList();
        return CompletableFuture.allOf(statements.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        view(statements.stream().map(CompletableFuture::join).toList()));
    }

    /** Learns in the background which nodes the Cluster has now. */
    public void refresh() {
        if (runner.connections().getNativeClient() instanceof RedisClusterClient cluster) {
            var unused = cluster.refreshPartitionsAsync();
        }
    }

    /** Describes a subscription to a server's channels; channels of a Cluster's other nodes are received there as well. */
    public MessageSubscription subscription(
            Master master, String purpose, MessageSubscription.Listener listener, List<byte[]> channels) {
        RedisURI uri = master.uri();
        LettuceConnectionFactory connections = runner.connections();
        return new MessageSubscription(
                connections,
                () -> uri == null ? NodeConnections.connectPubSub(connections) : nodes.connectPubSub(uri),
                purpose,
                listener,
                channels);
    }

    private static CompletableFuture<Statement> ask(
            StatefulRedisClusterConnection<byte[], byte[]> cluster, RedisClusterNode node) {
        RedisURI uri = node.getUri();
        return cluster.getConnectionAsync(uri.getHost(), uri.getPort()).thenCompose(connection -> {
            RedisAsyncCommands<byte[], byte[]> commands = connection.async();
            return commands.clusterNodes()
                    .thenCombine(commands.clusterInfo(), (nodes, info) -> new Statement(uri, nodes, info))
                    .toCompletableFuture();
        });
    }

    /** What a node says of itself by {@code CLUSTER NODES} and {@code CLUSTER INFO}. */
    record Statement(RedisURI uri, String nodes, String info) {

        Master master() {
            String self = nodes.lines()
                    .filter(line -> line.contains("myself"))
                    .findFirst()
                    .orElseThrow();
            RedisClusterNode node = ClusterPartitionParser.parse(self).getPartition(0);
            if (!node.is(NodeFlag.UPSTREAM) || self.contains("[") || !info.contains("cluster_state:ok")) {
                throw new IllegalStateException("Node " + uri.getHost() + ":" + uri.getPort()
                        + " of the Cluster is not a master with slots that stay");
            }
            BitSet slots = new BitSet(SlotHash.SLOT_COUNT);
            node.getSlots().forEach(slots::set);
            return new Master(node.getNodeId(), uri, slots);
        }

        long epoch() {
            return info.lines()
                    .filter(line -> line.startsWith("cluster_current_epoch:"))
                    .map(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static View view(List<Statement> statements) {
        List<Master> masters = statements.stream().map(Statement::master).toList();
        BitSet slots = new BitSet(SlotHash.SLOT_COUNT);
        masters.forEach(master -> slots.or(master.slots()));
        List<Long> epochs = statements.stream().map(Statement::epoch).distinct().toList();
        if (!slots.equals(allSlots()) || epochs.size() != 1) {
            throw new IllegalStateException("The masters of the Cluster are not of one mind, or do not have all slots");
        }
        return new View(masters, epochs.get(0));
    }

    private static BitSet allSlots() {
        BitSet slots = new BitSet(SlotHash.SLOT_COUNT);
        slots.set(0, SlotHash.SLOT_COUNT);
        return slots;
    }
}
