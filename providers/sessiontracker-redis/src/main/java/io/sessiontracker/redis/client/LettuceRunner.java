package io.sessiontracker.redis.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.netty.util.Timeout;
import io.sessiontracker.redis.script.ScriptCall;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Runs calls over the connection that the application's factory shares, without waiting for replies: stages complete on Lettuce's
 * threads. The server runs calls on keys of one slot in the order in which they were sent, as long as it keeps the slot. A command
 * without a reply within the factory's command time-out is withdrawn, and fails.
 *
 * <p>The shared connection is in no transaction or pipeline: Spring opens separate connections for these.
 */
public final class LettuceRunner implements ScriptRunner {

    private final LettuceConnectionFactory connections;
    private final LettuceSettings settings;
    private final RetryTimer retries;
    private final NodeConnections nodes;
    private final @Nullable ReplicatedWrites replicated;
    private final Executor connecting = connecting();
    private volatile @Nullable LettuceConnection last;
    private final AtomicLong connects = new AtomicLong();
    private @Nullable ConnectionMonitor monitor;
    private @Nullable AwaitedConnection awaited;

    /** Returns an executor of one thread that connects, and ends after an idle second. */
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

    /** Sends a call again after a delay. */
    interface RetryTimer {
        void schedule(Runnable task, long delayNanos);
    }

    /** Runs calls over this factory's shared connection. */
    public LettuceRunner(LettuceConnectionFactory connections) {
        this(connections, 0);
    }

    /** Also completes a change of a session only when so many replicas have it. */
    LettuceRunner(LettuceConnectionFactory connections, int minReplicas) {
        this.connections = connections;
        this.settings = LettuceSettings.of(connections);
        this.retries = this::later;
        this.nodes = new NodeConnections(connections);
        this.replicated =
                minReplicas == 0 ? null : new ReplicatedWrites(connections, nodes, this, connecting(), minReplicas);
    }

    /** Delays retries by other means. */
    LettuceRunner(LettuceConnectionFactory connections, RetryTimer retries) {
        this.connections = connections;
        this.settings = LettuceSettings.of(connections);
        this.retries = retries;
        this.nodes = new NodeConnections(connections);
        this.replicated = null;
    }

    /**
     * Returns the factory as this class needs it.
     *
     * @throws IllegalArgumentException if it is not Lettuce's, or does not share its native connection
     */
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

    public Duration commandTimeout() {
        return settings.commandTimeout();
    }

    @Override
    public <R> CompletionStage<R> run(ScriptCall<R> call) {
        return ready().run(call);
    }

    @Override
    public <R> List<CompletionStage<R>> runEach(List<ScriptCall<R>> calls) {
        return ready().runEach(calls);
    }

    // Getting the connection can block until it is made, or tested, behind other callers. So it is kept until the
    // factory closes it, and got on a separate thread.
    @Override
    public ScriptRunner ready() {
        LettuceConnection known = last;
        if (known == null || !known.isOpen() || connections.getValidateConnection()) {
            return awaited();
        }
        // Once the factory is reset, a pool takes the connection back, open, and gives it to others. Only in that case
        // asking the factory for its shared connection can block.
        return settings.pooled() ? connect() : known;
    }

    private synchronized ScriptRunner awaited() {
        if (awaited == null) {
            AwaitedConnection attempt = new AwaitedConnection(this);
            awaited = attempt;
            // A call that comes now must not overtake those that wait.
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
        last = outcome instanceof LettuceConnection connected ? connected : null;
    }

    private ScriptRunner connect() {
        // Closing this proxy does not close the shared connection behind it.
        try (RedisConnection connection = connections.getConnection()) {
            LettuceConnection connected = new LettuceConnection(
                    this,
                    ((org.springframework.data.redis.connection.lettuce.LettuceConnection) connection)
                            .getNativeConnection());
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
        nodes.close();
    }

    /** Returns one monitor for as long as the factory has the same connection. */
    synchronized ConnectionMonitor monitor(StatefulConnection<byte[], byte[]> connection) {
        ConnectionMonitor known = monitor;
        if (known == null || !known.isOf(connection)) {
            known = new ConnectionMonitor(
                    connection, settings.connectTimeout(), (task, delay) -> later(task, delay.toNanos()));
            monitor = known;
            connects.incrementAndGet();
            connection.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> interrupted) {
                    connects.incrementAndGet();
                }
            });
        }
        return known;
    }

    LettuceSettings settings() {
        return settings;
    }

    /** Returns the factory that this runner was made for. */
    public LettuceConnectionFactory connections() {
        return connections;
    }

    /** Returns a number that changes whenever the shared connection is made or interrupted: after that it may lead to another server. */
    public long connects() {
        return connects.get();
    }

    /** Returns whether no replica is read. */
    public boolean readsFromMasters() {
        return connections.getClientConfiguration().getReadFrom().isEmpty();
    }

    /** Returns the servers that changes are made on. */
    public Masters masters() {
        return new Masters(this, nodes);
    }

    /** Returns the shared connection to a Cluster once it is open; fails with why it is not. */
    CompletionStage<StatefulRedisClusterConnection<byte[], byte[]>> cluster() {
        ScriptRunner ready = ready();
        CompletionStage<ScriptRunner> attempt = ready instanceof AwaitedConnection awaiting
                ? awaiting.attempt()
                : CompletableFuture.completedFuture(ready);
        return attempt.thenApply(outcome -> {
            if (outcome instanceof LettuceConnection open
                    && open.connection() instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
                return cluster;
            }
            throw new RedisConnectionFailureException(
                    "Not connected to a Cluster", outcome instanceof Unconnected failed ? failed.reason() : null);
        });
    }

    @Nullable
    ReplicatedWrites replicatedWrites() {
        return replicated;
    }

    void retry(Runnable task, long delayNanos) {
        retries.schedule(task, delayNanos);
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
        public <R> CompletionStage<R> run(ScriptCall<R> call) {
            return CompletableFuture.failedFuture(call.failure(reason));
        }
    }
}
