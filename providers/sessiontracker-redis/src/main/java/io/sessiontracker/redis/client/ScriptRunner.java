package io.sessiontracker.redis.client;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.support.AsyncLoops;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Runs operations: the one place that decides whether a thread waits for the server. */
@FunctionalInterface
public interface ScriptRunner {

    /** Without waiting if the factory's driver can do that over one connection that all share. */
    static ScriptRunner over(RedisConnectionFactory connections) {
        return connections instanceof LettuceConnectionFactory lettuce && lettuce.getShareNativeConnection()
                ? new LettuceRunner(lettuce)
                : new TemplateRunner(connections);
    }

    /**
     * Over Lettuce's shared connection, with changes of sessions that are complete when so many replicas have them.
     *
     * @throws IllegalArgumentException if the factory is another, and replicas are wanted
     */
    static ScriptRunner over(RedisConnectionFactory connections, int minReplicas) {
        if (minReplicas < 0) {
            throw new IllegalArgumentException("A negative number of replicas: " + minReplicas);
        }
        return minReplicas == 0
                ? over(connections)
                : new LettuceRunner(LettuceRunner.require(connections), minReplicas);
    }

    /** Never throws; whatever goes wrong completes the stage with a {@link io.sessiontracker.SessionStoreException}. */
    <R> CompletionStage<R> run(ScriptCall<R> operation);

    /** Runs several at once; answers what each came to, in their order, when all are complete. */
    default <R> CompletionStage<List<R>> runAll(List<ScriptCall<R>> operations) {
        return AsyncLoops.all(runEach(operations));
    }

    /** Runs several at once, of which some may fail. */
    default <R> List<CompletionStage<R>> runEach(List<ScriptCall<R>> operations) {
        return operations.stream().map(this::run).toList();
    }

    /**
     * For operations that follow one another: whatever there is to wait for before the first can be sent is waited for now,
     * so that the next can be run from a thread that must not wait.
     */
    default ScriptRunner ready() {
        return this;
    }

    /** Ends connections that are its own. */
    default void close() {}
}
