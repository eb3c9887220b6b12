package io.sessiontracker.redis.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.lettuce.core.AbstractRedisAsyncCommands;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.netty.util.Timeout;
import io.sessiontracker.redis.script.ScriptCall;
import org.jspecify.annotations.Nullable;

/** Runs calls over one connection of a {@link LettuceRunner}, from any thread. */
final class LettuceConnection implements ScriptRunner {

    private final LettuceRunner runner;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final @Nullable StatefulConnection<byte[], byte[]> connection;
    private final @Nullable ConnectionMonitor monitor;

    LettuceConnection(LettuceRunner runner, RedisClusterAsyncCommands<byte[], byte[]> commands) {
        this.runner = runner;
        this.commands = commands;
        this.connection =
                commands instanceof AbstractRedisAsyncCommands<byte[], byte[]> known ? known.getConnection() : null;
        this.monitor = connection == null ? null : runner.monitor(connection);
    }

    /** Returns false as well while the connection is interrupted, or leads to a replica. */
    boolean isOpen() {
        return monitor != null && monitor.isOpen();
    }

    void requireMaster() {
        if (monitor != null) {
            monitor.requireMaster();
        }
    }

    /** Returns whether a reply may be stale, as a replica sent it. */
    boolean leadsToReplica() {
        return monitor != null && monitor.leadsToReplica();
    }

    /** Notes why a command on this key failed, and ends the connection if that shows that it is useless. */
    void failed(Throwable failure, byte @Nullable [] key) {
        if (monitor != null) {
            monitor.failed(failure, key);
        }
    }

    @Override
    public <R> CompletionStage<R> run(ScriptCall<R> call) {
        ReplicatedWrites replicated = runner.replicatedWrites();
        if (replicated != null && connection != null && call.isChange()) {
            return replicated.run(call, connection);
        }
        LettuceCall<R> sent = new LettuceCall<>(call, this);
        if (call.fastPath() != null && readsFromMaster()) {
            sent.read(call.fastPath());
        } else {
            sent.callScript();
        }
        return sent;
    }

    /**
     * Writes all commands at once if one server gets them, as each write costs more than what is written. A Cluster's connection
     * given several commands may wait for a connection to a node.
     */
    @Override
    public <R> List<CompletionStage<R>> runEach(List<ScriptCall<R>> calls) {
        if (!(connection instanceof StatefulRedisConnection<byte[], byte[]> one)) {
            return ScriptRunner.super.runEach(calls);
        }
        List<LettuceCall<R>> sent =
                calls.stream().map(call -> new LettuceCall<>(call, this)).toList();
        try {
            one.dispatch(sent.stream().map(LettuceCall::command).toList());
        } catch (RuntimeException | Error e) {
            sent.forEach(call -> call.fail(e));
        }
        return List.copyOf(sent);
    }

    @Nullable
    StatefulConnection<byte[], byte[]> connection() {
        return connection;
    }

    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    /** Sends a call again later. */
    void retry(Runnable task, long delayNanos) {
        runner.retry(task, delayNanos);
    }

    /** Calls back when a command has taken too long, with the time-out in milliseconds, unless Lettuce itself times it. */
    void limit(CompletableFuture<?> command, LongConsumer giveUp) {
        long millis = runner.settings().ownTimeoutMillis();
        if (millis > 0) {
            Timeout timeout = runner.later(() -> giveUp.accept(millis), TimeUnit.MILLISECONDS.toNanos(millis));
            var unused = command.whenComplete((reply, failure) -> timeout.cancel());
        }
    }

    /** Returns whether a plain read is certain to go to the master, as scripts always do. */
    private boolean readsFromMaster() {
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
