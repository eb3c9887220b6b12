package io.sessiontracker.redis.client;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.support.AsyncLoops;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Runs script calls; its implementation alone decides whether a thread waits for the server. */
@FunctionalInterface
public interface ScriptRunner {

    /** Returns a runner that does not block if the factory's driver can share one connection. */
    static ScriptRunner over(RedisConnectionFactory connections) {
        return connections instanceof LettuceConnectionFactory lettuce && lettuce.getShareNativeConnection()
                ? new LettuceRunner(lettuce)
                : new TemplateRunner(connections);
    }

    /**
     * Returns a runner that completes a change of a session only when so many replicas have it.
     *
     * @throws IllegalArgumentException if replicas are wanted and the factory is not Lettuce's with a shared connection
     */
    static ScriptRunner over(RedisConnectionFactory connections, int minReplicas) {
        if (minReplicas < 0) {
            throw new IllegalArgumentException("A negative number of replicas: " + minReplicas);
        }
        return minReplicas == 0
                ? over(connections)
                : new LettuceRunner(LettuceRunner.require(connections), minReplicas);
    }

    /** Runs a call. Never throws: a failure completes the stage with a {@link io.sessiontracker.SessionStoreException}. */
    <R> CompletionStage<R> run(ScriptCall<R> operation);

    /** Runs several calls at once; returns their results, in their order, when all are complete. */
    default <R> CompletionStage<List<R>> runAll(List<ScriptCall<R>> operations) {
        return AsyncLoops.all(runEach(operations));
    }

    /** Runs several calls at once, some of which may fail. */
    default <R> List<CompletionStage<R>> runEach(List<ScriptCall<R>> operations) {
        return operations.stream().map(this::run).toList();
    }

    /**
     * Returns a runner for calls that follow one another. Anything that has to be awaited before the first can be sent is awaited
     * now, so that later calls can come from a thread that must not block.
     */
    default ScriptRunner ready() {
        return this;
    }

    /** Closes the connections that this runner opened. */
    default void close() {}
}
