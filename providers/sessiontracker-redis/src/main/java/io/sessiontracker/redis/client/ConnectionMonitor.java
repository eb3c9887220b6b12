package io.sessiontracker.redis.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.lettuce.core.ConnectionState;
import io.lettuce.core.Delegating;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Watches where a connection leads, and whether it still leads anywhere. After a fail-over by name or address a connection may
 * reach the demoted master, which answers reads with what it knows; a connection can be dead without ending. Either is ended,
 * so that the driver connects anew: by name, by address, or to whom Sentinel names.
 *
 * <p>The role is what the server says in {@code HELLO} each time it is connected to, before any command is sent: this costs no
 * command and needs no right. With RESP2 there is none, and only a refused write shows a demoted master.
 */
final class ConnectionMonitor {

    private static final Logger log = LoggerFactory.getLogger(ConnectionMonitor.class);

    /** A server that is slow but alive answers a PING within this, or within a shorter command time-out. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String REPLICA =
            "The server is a replica: a master was demoted, and no other is found where the connection leads";

    /** Between two looks at whom a new connection leads to. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final StatefulConnection<byte[], byte[]> connection;
    private final BiConsumer<Runnable, Duration> timer;
    private final Duration commandTimeout;
    private final @Nullable ConnectionState state;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile @Nullable Long demoted;

    ConnectionMonitor(
            StatefulConnection<byte[], byte[]> connection,
            Duration commandTimeout,
            BiConsumer<Runnable, Duration> timer) {
        this.connection = connection;
        this.commandTimeout = commandTimeout;
        this.timer = timer;
        this.state = connection instanceof StatefulRedisConnectionImpl<?, ?> one && isOneServer(one)
                ? one.getConnectionState()
                : null;
    }

    /** Not one that a Lettuce master-replica connection chooses the server for. */
    private static boolean isOneServer(StatefulConnection<?, ?> connection) {
        return endpoint(connection) != null;
    }

    boolean isOf(StatefulConnection<?, ?> other) {
        return connection == other;
    }

    boolean isOpen() {
        return connection.isOpen() && !leadsToReplica();
    }

    /** The same connection, if the server said that it is a master, or nothing; else it is closed. */
    static StatefulRedisConnection<byte[], byte[]> requireMaster(StatefulRedisConnection<byte[], byte[]> connection) {
        if (connection instanceof StatefulRedisConnectionImpl<?, ?> known && isReplica(known.getConnectionState())) {
            connection.closeAsync();
            throw new RedisConnectionFailureException(REPLICA);
        }
        return connection;
    }

    private static boolean isReplica(ConnectionState state) {
        return "replica".equals(state.getRole());
    }

    /** Whether the server said so, by its role or by refusing a write, since it was connected to. */
    boolean leadsToReplica() {
        if (state == null) {
            return false;
        }
        Long id = state.getConnectionId();
        return isReplica(state) || (id != null && id.equals(demoted));
    }

    /**
     * Waits until it leads to a master, connecting anew until then.
     *
     * @throws RedisConnectionFailureException if it does not within the command time-out
     */
    void requireMaster() {
        long end = System.nanoTime() + commandTimeout.toNanos();
        while (leadsToReplica()) {
            if (System.nanoTime() - end >= 0) {
                throw new RedisConnectionFailureException(REPLICA);
            }
            if (connection.isOpen()) {
                disconnect(connection);
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisConnectionFailureException("Interrupted while connecting", e);
        }
    }

    /** Looks at why a command on this key failed. */
    void failed(Throwable failure, byte @Nullable [] key) {
        try {
            if (isReplicas(failure)) {
                demoted();
            } else if (failure instanceof RedisCommandTimeoutException) {
                probe(key);
            }
        } catch (RuntimeException e) {
            log.debug("The connection cannot be looked at, as it is closed", e);
        }
    }

    private static boolean isReplicas(Throwable failure) {
        String message = failure instanceof RedisCommandExecutionException ? failure.getMessage() : null;
        // Before Redis 7 the refusal of a write stands within the message of the script that tried it.
        return message != null && (message.contains("READONLY ") || message.startsWith("MASTERDOWN "));
    }

    private void demoted() {
        if (state != null && !leadsToReplica()) {
            log.warn("Redis was demoted to a replica: connecting anew");
            demoted = state.getConnectionId();
            disconnect(connection);
        }
    }

    /** Asks for a sign of life, and ends the connection if there is none. */
    private void probe(byte @Nullable [] key) {
        CompletionStage<? extends StatefulRedisConnection<byte[], byte[]>> node = node(key);
        if (node != null && probing.compareAndSet(false, true)) {
            node.thenCompose(this::ping).whenComplete((answer, failure) -> probing.set(false));
        }
    }

    /** The connection to the server that has the key. */
    private @Nullable CompletionStage<? extends StatefulRedisConnection<byte[], byte[]>> node(byte @Nullable [] key) {
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

    private CompletionStage<String> ping(StatefulRedisConnection<byte[], byte[]> node) {
        if (!node.isOpen()) {
            return CompletableFuture.completedFuture("being renewed");
        }
        RedisFuture<String> ping = node.async().ping();
        Duration patience = commandTimeout.compareTo(PATIENCE) < 0 ? commandTimeout : PATIENCE;
        timer.accept(() -> ping.cancel(true), patience);
        return ping.whenComplete((answer, failure) -> {
            // An error is an answer too.
            if (failure != null && !(failure instanceof RedisCommandExecutionException)) {
                log.warn("Redis does not answer: connecting anew");
                disconnect(node);
            }
        });
    }

    private static void disconnect(StatefulConnection<?, ?> connection) {
        DefaultEndpoint endpoint = endpoint(connection);
        if (endpoint != null) {
            endpoint.disconnect();
        }
    }

    /** Lettuce connects anew by itself when its channel ends, and sends again what was not answered. */
    private static @Nullable DefaultEndpoint endpoint(StatefulConnection<?, ?> connection) {
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
