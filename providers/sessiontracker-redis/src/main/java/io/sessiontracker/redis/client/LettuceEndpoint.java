package io.sessiontracker.redis.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.Delegating;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** Finds where a Lettuce connection leads, and breaks it. */
final class LettuceEndpoint {

    private LettuceEndpoint() {}

    /** Returns false for a Lettuce master-replica connection, which chooses a server for each command. */
    static boolean isOneServer(StatefulConnection<?, ?> connection) {
        return of(connection) != null;
    }

    /** Returns the connection to the server that has the key; null if that is not known. */
    static @Nullable CompletionStage<? extends StatefulRedisConnection<byte[], byte[]>> nodeOf(
            StatefulConnection<byte[], byte[]> connection, byte @Nullable [] key) {
        if (connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster && key != null) {
            RedisClusterNode master = cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
            return master == null
                    ? null
                    : cluster.getConnectionAsync(
                            master.getUri().getHost(), master.getUri().getPort());
        }
        return connection instanceof StatefulRedisConnection<byte[], byte[]> one && isOneServer(one)
                ? CompletableFuture.completedFuture(one)
                : null;
    }

    /** Closes the connection's channel: Lettuce then reconnects, and re-sends commands without a reply. */
    static void disconnect(StatefulConnection<?, ?> connection) {
        DefaultEndpoint endpoint = of(connection);
        if (endpoint != null) {
            endpoint.disconnect();
        }
    }

    private static @Nullable DefaultEndpoint of(StatefulConnection<?, ?> connection) {
        if (!(connection instanceof RedisChannelHandler<?, ?> handler)) {
            return null;
        }
        RedisChannelWriter writer = handler.getChannelWriter();
        while (writer instanceof Delegating<?> delegating
                && delegating.getDelegate() instanceof RedisChannelWriter delegate) {
            writer = delegate;
        }
        return writer instanceof DefaultEndpoint endpoint ? endpoint : null;
    }
}
