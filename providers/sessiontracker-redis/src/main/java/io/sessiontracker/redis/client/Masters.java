package io.sessiontracker.redis.client;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.sessiontracker.spi.support.BackgroundTasks;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The servers that sessions are written on: the masters of a Cluster, else the one server to which a runner's connection leads. */
public final class Masters {

    private static final Topology ONE_SERVER = new Topology(List.of(new Master("", null, allSlots())), 0);

    /** Between two attempts to learn of other nodes. */
    private static final long REFRESH_SECONDS = 5;

    private final LettuceRunner runner;
    private final NodeConnections nodes;
    private final AtomicBoolean refreshing = new AtomicBoolean();

    Masters(LettuceRunner runner, NodeConnections nodes) {
        this.runner = runner;
        this.nodes = nodes;
    }

    /**
     * All masters. Those of a Cluster are equal to those of an earlier time only if no slot was moved in between, nor a master replaced:
     * each such step raises the epoch, and a replica asks a majority of the masters to vote for it in a new one before it is a master. The
     * one that it replaces may be asked, too, and not know of its replacement for a while. See the <a
     * href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis Cluster specification</a>.
     *
     * @param masters those that have slots, by id
     * @param epoch the Cluster's, as each of them knows it
     */
    public record Topology(List<Master> masters, long epoch) {}

    /** A server, and the hash slots of a Cluster that it has. */
    public record Master(String id, @Nullable RedisURI uri, BitSet slots) {

        /** Returns whether the server has this key, and runs the scripts that change it. */
        public boolean has(byte[] key) {
            return slots.get(SlotHash.getSlot(key));
        }
    }

    /**
     * Asks all masters of a Cluster how they see themselves. Fails if one does not answer, if a slot is being moved, whose sessions are on
     * two masters, or if they disagree about the epoch. Where there is no Cluster, nothing is asked.
     */
    public CompletionStage<Topology> topology() {
        if (!runner.connections().isClusterAware()) {
            return CompletableFuture.completedFuture(ONE_SERVER);
        }
        return runner.cluster().thenCompose(Masters::askAll);
    }

    private static CompletionStage<Topology> askAll(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        List<CompletableFuture<NodeReply>> replies = cluster.getPartitions().stream()
                .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots())
                .map(node -> ask(cluster, node))
                .toList();
        return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        topology(replies.stream().map(CompletableFuture::join).toList()));
    }

    /** Learns in the background which nodes the Cluster has now, unless it did so in the last seconds: each time connects to all of them. */
    public void refresh() {
        if (runner.connections().getNativeClient() instanceof RedisClusterClient cluster
                && refreshing.compareAndSet(false, true)) {
            var unused = cluster.refreshPartitionsAsync().whenComplete((done, failure) -> {
                var delay = BackgroundTasks.runAfter(REFRESH_SECONDS, TimeUnit.SECONDS, () -> refreshing.set(false));
            });
        }
    }

    /** Describes a subscription to a server's channels; what a Cluster's other nodes publish there is received as well. */
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

    private static CompletableFuture<NodeReply> ask(
            StatefulRedisClusterConnection<byte[], byte[]> cluster, RedisClusterNode node) {
        RedisURI uri = node.getUri();
        return cluster.getConnectionAsync(uri.getHost(), uri.getPort()).thenCompose(connection -> {
            RedisAsyncCommands<byte[], byte[]> commands = connection.async();
            return commands.clusterNodes()
                    .thenCombine(commands.clusterInfo(), (nodes, info) -> new NodeReply(uri, nodes, info))
                    .toCompletableFuture();
        });
    }

    /** What a node says of itself by {@code CLUSTER NODES} and {@code CLUSTER INFO}. */
    record NodeReply(RedisURI uri, String nodes, String info) {

        Master master() {
            String self = nodes.lines()
                    .filter(line -> line.split(" ", 4)[2].startsWith("myself"))
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

    static Topology topology(List<NodeReply> replies) {
        // Lettuce has the nodes in another order each time.
        List<Master> masters = replies.stream()
                .map(NodeReply::master)
                .filter(master -> !master.slots().isEmpty())
                .sorted(Comparator.comparing(Master::id))
                .toList();
        BitSet slots = new BitSet(SlotHash.SLOT_COUNT);
        masters.forEach(master -> slots.or(master.slots()));
        List<Long> epochs = replies.stream().map(NodeReply::epoch).distinct().toList();
        if (!slots.equals(allSlots()) || epochs.size() != 1) {
            throw new IllegalStateException(
                    "The masters of the Cluster disagree about its epoch, or do not have all slots");
        }
        return new Topology(masters, epochs.get(0));
    }

    private static BitSet allSlots() {
        BitSet slots = new BitSet(SlotHash.SLOT_COUNT);
        slots.set(0, SlotHash.SLOT_COUNT);
        return slots;
    }
}
