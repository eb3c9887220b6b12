package io.sessiontracker.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.AsyncLoops;

/**
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#count}: counts the entries that cannot have expired yet, and checks the
 * others. Those whose sessions live get a later score, so that the next count need not check them.
 */
final class SessionCount {

    private static final int ALL = -1;

    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final String type;
    private final boolean finished;
    private int bucket;
    private long count;

    private SessionCount(IndexScripts operations, ScriptRunner runner, String type, boolean finished) {
        this.operations = operations;
        this.runner = runner;
        this.type = type;
        this.finished = finished;
    }

    static CompletionStage<Long> run(IndexScripts operations, ScriptRunner runner, String type, boolean finished) {
        SessionCount count = new SessionCount(operations, runner.ready(), type, finished);
        return AsyncLoops.repeat(count::step).thenApply(nothing -> count.count);
    }

    private CompletionStage<Boolean> step() {
        if (bucket == SessionAddress.BUCKETS) {
            return CompletableFuture.completedFuture(false);
        }
        List<Bucket> buckets = IntStream.range(
                        bucket, Math.min(SessionAddress.BUCKETS, bucket + IndexScripts.BUCKETS_AT_ONCE))
                .mapToObj(number -> operations.bucket(type, number))
                .toList();
        bucket += buckets.size();
        List<ScriptCall<List<Due>>> looks = buckets.stream()
                .map(each -> operations.due(each, List.of(each.deadlines(finished)), ALL))
                .toList();
        return runner.runAll(looks)
                .thenCompose(found -> AsyncLoops.all(
                        IntStream.range(0, buckets.size()).boxed().toList(),
                        i -> living(buckets.get(i), found.get(i).get(0))))
                .thenApply(counts -> {
                    counts.forEach(each -> count += each);
                    return true;
                });
    }

    private CompletionStage<Long> living(Bucket current, Due due) {
        return new IndexRepair(operations, runner, current, finished, due.members())
                .run()
                .thenApply(living -> due.later() + living);
    }
}
