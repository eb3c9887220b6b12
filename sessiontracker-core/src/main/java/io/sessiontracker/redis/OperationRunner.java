package io.sessiontracker.redis;

import java.util.concurrent.CompletionStage;

/** Runs operations: the one place that decides whether a thread waits for the server. */
@FunctionalInterface
interface OperationRunner {

    /** Never throws; whatever goes wrong completes the stage with a {@link io.sessiontracker.SessionStoreException}. */
    <R> CompletionStage<R> run(RedisOperation<R> operation);
}
