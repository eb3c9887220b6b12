package io.sessiontracker.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.client.IndexScripts;
import io.sessiontracker.redis.client.KeyLayout.Bucket;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.spi.support.AsyncLoops;

/** Puts right what a bucket's index says of sessions whose score has passed. */
final class IndexRepair {

    /** What a script looks at, so that the server can do something else in between. */
    static final int BATCH = 100;

    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final Bucket bucket;
    private final boolean finished;
    private final List<byte[]> entries;
    private int done;
    private long living;

    IndexRepair(IndexScripts operations, ScriptRunner runner, Bucket bucket, boolean finished, List<byte[]> entries) {
        this.operations = operations;
        this.runner = runner;
        this.bucket = bucket;
        this.finished = finished;
        this.entries = entries;
    }

    /** Of some entries whose score has passed. */
    static CompletionStage<Long> ofDue(IndexScripts operations, ScriptRunner runner, Bucket bucket, boolean finished) {
        return runner.run(operations.due(bucket, List.of(bucket.deadlines(finished)), BATCH))
                .thenCompose(due -> new IndexRepair(
                                operations, runner, bucket, finished, due.get(0).members())
                        .run());
    }

    /** Answers how many of the sessions live. */
    CompletionStage<Long> run() {
        return AsyncLoops.repeat(this::step).thenApply(nothing -> living);
    }

    private CompletionStage<Boolean> step() {
        if (done == entries.size()) {
            return CompletableFuture.completedFuture(false);
        }
        List<byte[]> batch = entries.subList(done, Math.min(entries.size(), done + BATCH));
        done += batch.size();
        return runner.run(operations.tidy(bucket, finished, batch)).thenApply(count -> {
            living += count;
            return true;
        });
    }
}
