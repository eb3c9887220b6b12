package io.sessiontracker.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.IndexScripts.Stretch;
import io.sessiontracker.redis.script.KeyLayout.Bucket;

/**
 * Lets the keys of a bucket's index agree with each other and with the sessions again, after a server that evicts took one of
 * them, or a session that never ends. It compares a stretch of each, so that large ones are rebuilt bit by bit.
 */
final class IndexRebuild {

    private static final int STRETCH = 100;
    /** One of so many comparisons with the sessions is made although nothing seems wrong. */
    private static final int THOROUGH = 16;

    private final IndexScripts operations;
    private final ScriptRunner runner;

    IndexRebuild(IndexScripts operations, ScriptRunner runner) {
        this.operations = operations;
        this.runner = runner;
    }

    CompletionStage<Boolean> run(Bucket bucket) {
        return run(bucket, false, isThorough()).thenCompose(running -> run(bucket, true, isThorough()));
    }

    private static boolean isThorough() {
        return ThreadLocalRandom.current().nextInt(THOROUGH) == 0;
    }

    CompletionStage<Boolean> run(Bucket bucket, boolean finished, boolean thorough) {
        int begin = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        return runner.run(operations.rebuildIndex(bucket, finished, STRETCH, begin, thorough))
                .thenCompose(stretch -> compare(bucket, finished, stretch));
    }

    /** Members first: then a session that ends in between loses its deadline entry after its member, and neither is left. */
    private CompletionStage<Boolean> compare(Bucket bucket, boolean finished, Stretch stretch) {
        CompletionStage<Boolean> members = stretch.members().isEmpty()
                ? CompletableFuture.completedFuture(true)
                : runner.run(operations.rebuildEntries(bucket, finished, stretch.members()));
        return members.thenCompose(
                        nothing -> new IndexRepair(operations, runner, bucket, finished, stretch.deadlines()).run())
                .thenApply(living -> true);
    }
}
