package io.sessiontracker.redis.client;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.netty.util.Timeout;
import io.sessiontracker.redis.script.ScriptCall;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Runs changes of sessions that count as done only when so many replicas have them. A few connections to each master are kept for
 * that, as {@code WAIT} delays the commands after it. A call is bounded by the command time-out; replicas have half of it. After an
 * interrupted connection, or with too few replicas, a change is in doubt; repeating it is safe by its token.
 */
final class ReplicatedWrites {

    private static final int LANES = 4;
    private static final String ONLY_ONE = "";

    private final LettuceConnectionFactory connections;
    private final NodeConnections nodes;
    private final LettuceRunner runner;
    private final Executor connecting;
    private final int minReplicas;
    private final Map<String, WriteLane[]> lanes = new ConcurrentHashMap<>();

    ReplicatedWrites(
            LettuceConnectionFactory connections,
            NodeConnections nodes,
            LettuceRunner runner,
            Executor connecting,
            int minReplicas) {
        this.connections = connections;
        this.nodes = nodes;
        this.runner = runner;
        this.connecting = connecting;
        this.minReplicas = minReplicas;
    }

    /** Sends it to the master that the shared connection would use. */
    <R> CompletionStage<R> run(ScriptCall<R> operation, StatefulConnection<byte[], byte[]> shared) {
        ReplicatedCall<R> call = new ReplicatedCall<>(operation);
        try {
            submit(call, lane(call, shared, null), shared);
        } catch (RuntimeException e) {
            call.fail(e);
        }
        return call.answer;
    }

    private void submit(ReplicatedCall<?> call, WriteLane lane, StatefulConnection<byte[], byte[]> shared) {
        long millis = runner.settings().connectTimeout().toMillis();
        Timeout timeout = runner.later(() -> giveUp(call, lane, millis), TimeUnit.MILLISECONDS.toNanos(millis));
        var unused = call.answer.whenComplete((reply, failure) -> timeout.cancel());
        lane.submit(call);
    }

    private static void giveUp(ReplicatedCall<?> call, WriteLane lane, long millis) {
        if (lane.withdraw(call) && !call.isSent()) {
            call.fail(new RedisConnectionFailureException("Nothing was sent within " + millis + " ms"));
        } else if (!call.answer.isDone()) {
            call.fail(new RedisCommandTimeoutException("Not confirmed within " + millis + " ms"));
            lane.close();
        }
    }

    /** Returns the lane to the master of the key's slot, or to a node that a redirection named. */
    private WriteLane lane(
            ReplicatedCall<?> call, StatefulConnection<byte[], byte[]> shared, @Nullable String redirection) {
        int number = Math.floorMod(Arrays.hashCode(call.key()), LANES);
        if (!(shared instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster)) {
            return lanes(ONLY_ONE, shared, this::connectToMaster)[number];
        }
        RedisClusterNode master = cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(call.key()));
        if (master == null) {
            throw new RedisConnectionFailureException("No node of the Cluster has the slot");
        }
        RedisURI uri = redirection == null ? master.getUri() : at(redirection, master.getUri());
        return lanes(uri.getHost() + ":" + uri.getPort(), shared, () -> nodes.connect(uri))[number];
    }

    private WriteLane[] lanes(
            String node,
            StatefulConnection<byte[], byte[]> shared,
            Supplier<StatefulRedisConnection<byte[], byte[]>> connect) {
        return lanes.computeIfAbsent(
                node,
                any -> Stream.generate(() -> new WriteLane(
                                () -> CompletableFuture.supplyAsync(connect, connecting),
                                (call, refusal) -> resend(call, refusal, shared),
                                minReplicas,
                                Math.max(1, runner.settings().connectTimeout().toMillis() / 2)))
                        .limit(LANES)
                        .toArray(WriteLane[]::new));
    }

    /** As {@code MOVED 3999 127.0.0.1:6381} or {@code ASK} names it. */
    private static RedisURI at(String redirection, RedisURI like) {
        String node = redirection.substring(redirection.lastIndexOf(' ') + 1);
        int colon = node.lastIndexOf(':');
        RedisURI uri = RedisURI.builder(like).build();
        uri.setHost(colon > 0 ? node.substring(0, colon) : like.getHost());
        uri.setPort(Integer.parseInt(node.substring(colon + 1)));
        return uri;
    }

    /** Re-sends a call that a server refused without running it. */
    private void resend(ReplicatedCall<?> call, String refusal, StatefulConnection<byte[], byte[]> shared) {
        try {
            if (!TryAgainBackoff.isRefusal(refusal)) {
                boolean redirected = !refusal.equals(ReplicatedCall.NO_SCRIPT);
                lane(call, shared, redirected ? refusal : null).submit(call);
                return;
            }
            if (call.backoff().isOver()) {
                call.settle(null);
            } else {
                runner.later(
                        () -> lane(call, shared, null).submit(call),
                        call.backoff().nextDelayNanos());
            }
        } catch (RuntimeException e) {
            call.fail(e);
        }
    }

    private StatefulRedisConnection<byte[], byte[]> connectToMaster() {
        RedisClient client = (RedisClient) connections.getRequiredNativeClient();
        return ConnectionMonitor.requireMaster(client.connect(ByteArrayCodec.INSTANCE));
    }

    /** Closes the connections. */
    void close() {
        List.copyOf(lanes.values()).forEach(each -> Stream.of(each).forEach(WriteLane::close));
    }
}
