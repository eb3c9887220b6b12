package io.sessiontracker.redis.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;

/**
 * Sends over the connection that the application's factory shares, and waits for no reply: stages complete on Lettuce's
 * threads. What is sent one after the other for keys of one slot is carried out in that order while that slot stays at its
 * server. A command that is not answered within the factory's command time-out is withdrawn, and fails.
 *
 * <p>The shared connection is in no transaction or pipeline: Spring opens connections of their own for these.
 */
public final class LettuceRunner implements ScriptRunner {

    private final LettuceConnectionFactory connections;
    private final Pauses pauses;
    private final long ownTimeout;
    private final @Nullable ReplicatedWrites replicated;
    private final Executor connecting = connecting();
    private volatile @Nullable Connected last;
    private @Nullable LettuceLink link;
    private @Nullable AwaitedConnection awaited;

    /** A thread that connects, and ends when it has had nothing to do for a second. */
    private static Executor connecting() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sessiontracker-redis-connect");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** How a call waits until it is sent again. */
    interface Pauses {
        void before(Runnable task, long nanos);
    }

    public LettuceRunner(LettuceConnectionFactory connections) {
        this(connections, 0);
    }

    /** With changes of sessions that are complete when so many replicas have them. */
    LettuceRunner(LettuceConnectionFactory connections, int minReplicas) {
        this.connections = connections;
        this.pauses = this::later;
        this.ownTimeout = isTimedByLettuce() ? 0 : connections.getTimeout();
        this.replicated = minReplicas == 0 ? null : new ReplicatedWrites(connections, this, connecting(), minReplicas);
    }

    /** With pauses of another kind. */
    LettuceRunner(LettuceConnectionFactory connections, Pauses pauses) {
        this.connections = connections;
        this.pauses = pauses;
        this.ownTimeout = isTimedByLettuce() ? 0 : connections.getTimeout();
        this.replicated = null;
    }

    /** The factory as this class needs it. */
    public static LettuceConnectionFactory require(RedisConnectionFactory connections) {
        if (!(connections instanceof LettuceConnectionFactory lettuce)) {
            throw new IllegalArgumentException("Not a LettuceConnectionFactory but a "
                    + connections.getClass().getName()
                    + ". Locks in Redis and min-replicas need Lettuce as the driver");
        }
        if (!lettuce.getShareNativeConnection()) {
            throw new IllegalArgumentException(
                    "The LettuceConnectionFactory does not share its native connection. Locks in"
                            + " Redis and min-replicas need that: leave its shareNativeConnection true");
        }
        return lettuce;
    }

    /** Whether Lettuce itself gives each command the factory's time-out, as it does unless told otherwise. */
    private boolean isTimedByLettuce() {
        return connections
                .getClientConfiguration()
                .getClientOptions()
                .map(ClientOptions::getTimeoutOptions)
                .filter(TimeoutOptions::isTimeoutCommands)
                .filter(TimeoutOptions::isApplyConnectionTimeout)
                .isPresent();
    }

    public Duration commandTimeout() {
        return Duration.ofMillis(connections.getTimeout());
    }

    /** The command time-out, or Lettuce's default where commands have none: so long a caller waits for a connection. */
    Duration patience() {
        Duration timeout = commandTimeout();
        return timeout.isZero() ? RedisURI.DEFAULT_TIMEOUT_DURATION : timeout;
    }

    @Override
    public <R> CompletionStage<R> run(ScriptCall<R> operation) {
        return ready().run(operation);
    }

    @Override
    public <R> List<CompletionStage<R>> runEach(List<ScriptCall<R>> operations) {
        return ready().runEach(operations);
    }

    // To get the connection can mean to wait until it is made, or tested, behind others who do. So it is kept until the
    // factory closes it, and got on a thread of its own.
    @Override
    public ScriptRunner ready() {
        Connected known = last;
        if (known == null || !known.isOpen() || connections.getValidateConnection()) {
            return awaited();
        }
        return isPooled() ? connect() : known;
    }

    /**
     * A pool takes the connection back, open, once the factory is reset, and gives it to others. To ask the factory for the one
     * that it shares is to wait only in that case.
     */
    private boolean isPooled() {
        return connections.getClientConfiguration() instanceof LettucePoolingClientConfiguration;
    }

    private synchronized ScriptRunner awaited() {
        if (awaited == null) {
            AwaitedConnection attempt = new AwaitedConnection(this);
            awaited = attempt;
            // Whoever comes now must not overtake those who wait.
            last = null;
            connecting.execute(() -> {
                ScriptRunner outcome = connect();
                attempt.complete(outcome, () -> connected(outcome));
            });
        }
        return awaited;
    }

    private synchronized void connected(ScriptRunner outcome) {
        awaited = null;
        last = outcome instanceof Connected connected ? connected : null;
    }

    private ScriptRunner connect() {
        // Closing what only stands for the shared connection does not close that.
        try (RedisConnection connection = connections.getConnection()) {
            Connected connected = new Connected(((LettuceConnection) connection).getNativeConnection());
            connected.requireMaster();
            return connected;
        } catch (RuntimeException | Error e) {
            return new Unconnected(e);
        }
    }

    @Override
    public void close() {
        if (replicated != null) {
            replicated.close();
        }
    }

    /** One and the same for as long as the factory has the same connection. */
    private synchronized LettuceLink link(StatefulConnection<byte[], byte[]> connection) {
        LettuceLink known = link;
        if (known == null || !known.isOf(connection)) {
            known = new LettuceLink(connection, patience(), (task, delay) -> later(task, delay.toNanos()));
            link = known;
        }
        return known;
    }

    Timeout later(Runnable task, long nanos) {
        return connections
                .getRequiredNativeClient()
                .getResources()
                .timer()
                .newTimeout(timeout -> task.run(), nanos, TimeUnit.NANOSECONDS);
    }

    private record Unconnected(Throwable reason) implements ScriptRunner {
        @Override
        public <R> CompletionStage<R> run(ScriptCall<R> operation) {
            return CompletableFuture.failedFuture(operation.failure(reason));
        }
    }

    /** Over one connection; runs operations from any thread. */
    final class Connected implements ScriptRunner {

        private final RedisClusterAsyncCommands<byte[], byte[]> commands;
        private final @Nullable StatefulConnection<byte[], byte[]> connection;
        private final @Nullable LettuceLink link;

        private Connected(RedisClusterAsyncCommands<byte[], byte[]> commands) {
            this.commands = commands;
            this.connection =
                    commands instanceof AbstractRedisAsyncCommands<byte[], byte[]> known ? known.getConnection() : null;
            this.link = connection == null ? null : link(connection);
        }

        /** False as well while it is interrupted, or leads to a replica. */
        private boolean isOpen() {
            return link != null && link.isOpen();
        }

        private void requireMaster() {
            if (link != null) {
                link.requireMaster();
            }
        }

        /** Whether what it answers is a replica's, which may be stale. */
        boolean leadsToReplica() {
            return link != null && link.leadsToReplica();
        }

        /** Looks at why a command on this key failed. */
        void failed(Throwable failure, byte @Nullable [] key) {
            if (link != null) {
                link.failed(failure, key);
            }
        }

        @Override
        public <R> CompletionStage<R> run(ScriptCall<R> operation) {
            if (replicated != null && connection != null && replicated.concerns(operation)) {
                return replicated.run(operation, connection);
            }
            LettuceCall<R> call = new LettuceCall<>(operation, this);
            call.start();
            return call;
        }

        /**
         * Written at once where all go to one server, as each write costs more than what is written. A Cluster's connection may
         * wait for one to a node when it is given several.
         */
        @Override
        public <R> List<CompletionStage<R>> runEach(List<ScriptCall<R>> operations) {
            if (!(connection instanceof StatefulRedisConnection<byte[], byte[]> one)) {
                return ScriptRunner.super.runEach(operations);
            }
            List<LettuceCall<R>> calls = operations.stream()
                    .map(operation -> new LettuceCall<>(operation, this))
                    .toList();
            try {
                one.dispatch(calls.stream().map(LettuceCall::command).toList());
            } catch (RuntimeException | Error e) {
                calls.forEach(call -> call.fail(e));
            }
            return List.copyOf(calls);
        }

        RedisClusterAsyncCommands<byte[], byte[]> commands() {
            return commands;
        }

        void pause(Runnable task, long nanos) {
            pauses.before(task, nanos);
        }

        /** Says when a command has taken too long, with the milliseconds that were too many, unless Lettuce sees to that. */
        void limit(CompletableFuture<?> command, LongConsumer giveUp) {
            if (ownTimeout > 0) {
                Timeout timeout = later(() -> giveUp.accept(ownTimeout), TimeUnit.MILLISECONDS.toNanos(ownTimeout));
                var unused = command.whenComplete((reply, failure) -> timeout.cancel());
            }
        }

        /** Whether it is certain that a command that only reads goes to the master, as scripts always do. */
        boolean readsFromMaster() {
            return connection != null && ReadFrom.UPSTREAM.equals(readFrom(connection));
        }

        private static ReadFrom readFrom(StatefulConnection<?, ?> connection) {
            if (connection instanceof StatefulRedisClusterConnection<?, ?> cluster) {
                return cluster.getReadFrom();
            }
            return connection instanceof StatefulRedisMasterReplicaConnection<?, ?> several
                    ? several.getReadFrom()
                    : ReadFrom.UPSTREAM;
        }
    }
}
