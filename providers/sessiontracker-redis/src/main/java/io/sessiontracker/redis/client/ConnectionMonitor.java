package io.sessiontracker.redis.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.lettuce.core.ConnectionState;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Detects a connection that leads to a replica, or to no server. After a failover by name or address a connection may reach the
 * demoted master, which still answers reads; a connection can be dead without ending. Either is closed, so that the driver
 * reconnects: by name, by address, or to the master that Sentinel names.
 *
 * <p>The server states its role in {@code HELLO} at each connect, before any command is sent: this costs no command and needs no
 * permission. With RESP2 there is none, and only a refused write shows a demoted master.
 */
final class ConnectionMonitor {

    private static final Logger log = LoggerFactory.getLogger(ConnectionMonitor.class);

    /** A server that is slow but alive answers a PING within this, or within a shorter command time-out. */
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);

    private static final String REPLICA =
            "The server is a replica: a master was demoted, and the connection's address leads to no other";

    /** Between two checks where a new connection leads. */
    private static final long CHECK_MILLIS = 100;

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
        this.state = connection instanceof StatefulRedisConnectionImpl<?, ?> one && LettuceEndpoint.isOneServer(one)
                ? one.getConnectionState()
                : null;
    }

    boolean isOf(StatefulConnection<?, ?> other) {
        return connection == other;
    }

    boolean isOpen() {
        return connection.isOpen() && !leadsToReplica();
    }

    /** Returns the connection if its server is a master or did not state its role; else closes it. */
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

    /** Returns whether the server is a replica, by its role or by a refused write, since the connection was opened. */
    boolean leadsToReplica() {
        if (state == null) {
            return false;
        }
        Long id = state.getConnectionId();
        return isReplica(state) || (id != null && id.equals(demoted));
    }

    /**
     * Waits until the connection leads to a master, and reconnects until then.
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
                LettuceEndpoint.disconnect(connection);
            }
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(CHECK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisConnectionFailureException("Interrupted while connecting", e);
        }
    }

    /** Checks the connection if a command on this key failed for a reason that puts it in doubt. */
    void failed(Throwable failure, byte @Nullable [] key) {
        try {
            if (isFromReplica(failure)) {
                demoted();
            } else if (failure instanceof RedisCommandTimeoutException) {
                probe(key);
            }
        } catch (RuntimeException e) {
            log.debug("Cannot check the connection, as it is closed", e);
        }
    }

    private static boolean isFromReplica(Throwable failure) {
        String message = failure instanceof RedisCommandExecutionException ? failure.getMessage() : null;
        // Before Redis 7 the refusal of a write stands within the message of the script that tried it.
        return message != null && (message.contains("READONLY ") || message.startsWith("MASTERDOWN "));
    }

    private void demoted() {
        if (state != null && !leadsToReplica()) {
            log.warn("Redis was demoted to a replica; reconnecting");
            demoted = state.getConnectionId();
            LettuceEndpoint.disconnect(connection);
        }
    }

    /** Sends a PING, and closes the connection if there is no reply. */
    private void probe(byte @Nullable [] key) {
        CompletionStage<? extends StatefulRedisConnection<byte[], byte[]>> node =
                LettuceEndpoint.nodeOf(connection, key);
        if (node != null && probing.compareAndSet(false, true)) {
            node.thenCompose(this::ping).whenComplete((answer, failure) -> probing.set(false));
        }
    }

    private CompletionStage<String> ping(StatefulRedisConnection<byte[], byte[]> node) {
        if (!node.isOpen()) {
            return CompletableFuture.completedFuture("being renewed");
        }
        RedisFuture<String> ping = node.async().ping();
        Duration timeout = commandTimeout.compareTo(PING_TIMEOUT) < 0 ? commandTimeout : PING_TIMEOUT;
        timer.accept(() -> ping.cancel(true), timeout);
        return ping.whenComplete((answer, failure) -> {
            // An error is an answer too.
            if (failure != null && !(failure instanceof RedisCommandExecutionException)) {
                log.warn("Redis does not answer; reconnecting");
                LettuceEndpoint.disconnect(node);
            }
        });
    }
}
