package io.sessiontracker.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.support.AsyncLoops;

/** Compares a bucket's deadline entries whose score has passed with their sessions: removes the entry, or corrects the score. */
final class IndexRepair {

    /** How many entries a script compares at most, so that the server can serve others in between. */
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

    /** Repairs some entries whose score has passed. */
    static CompletionStage<Long> ofDue(IndexScripts operations, ScriptRunner runner, Bucket bucket, boolean finished) {
        return runner.run(operations.due(bucket, List.of(bucket.deadlines(finished)), BATCH))
                .thenCompose(due -> new IndexRepair(
                                operations, runner, bucket, finished, due.get(0).members())
                        .run());
    }

    /** Returns the number of sessions that live. */
    CompletionStage<Long> run() {
        return AsyncLoops.repeat(this::step).thenApply(nothing -> living);
    }

    private CompletionStage<Boolean> step() {
        if (done == entries.size()) {
            return CompletableFuture.completedFuture(false);
        }
        List<byte[]> batch = entries.subList(done, Math.min(entries.size(), done + BATCH));
        done += batch.size();
        return runner.run(operations.repairIndex(bucket, finished, batch)).thenApply(count -> {
            living += count;
            return true;
        });
    }
}
