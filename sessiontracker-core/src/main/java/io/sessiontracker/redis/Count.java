package io.sessiontracker.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.sessiontracker.redis.BucketOperations.Due;
import io.sessiontracker.redis.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionAddress;

/**
 * One {@link io.sessiontracker.spi.SessionDataProvider#count}: the entries that cannot be due yet, and of the others those
 * whose sessions live, which get a later score so that the next count need not look.
 */
final class Count {

    private static final int ALL = -1;

    private final BucketOperations operations;
    private final OperationRunner runner;
    private final String type;
    private final boolean finished;
    private int bucket;
    private long count;

    private Count(BucketOperations operations, OperationRunner runner, String type, boolean finished) {
        this.operations = operations;
        this.runner = runner;
        this.type = type;
        this.finished = finished;
    }

    static CompletionStage<Long> run(
            BucketOperations operations, OperationRunner runner, String type, boolean finished) {
        Count count = new Count(operations, runner.ready(), type, finished);
        return Steps.repeat(count::step).thenApply(nothing -> count.count);
    }

    private CompletionStage<Boolean> step() {
        if (bucket == SessionAddress.BUCKETS) {
            return CompletableFuture.completedFuture(false);
        }
        int first = bucket;
        bucket = Math.min(SessionAddress.BUCKETS, first + Steps.AT_ONCE);
        List<Integer> buckets = IntStream.range(first, bucket).boxed().toList();
        return Steps.all(buckets, this::bucket).thenApply(counts -> {
            counts.forEach(each -> count += each);
            return true;
        });
    }

    private CompletionStage<Long> bucket(int number) {
        Bucket current = operations.bucket(type, number);
        List<byte[]> keys = List.of(current.deadlines(finished));
        return runner.run(operations.due(current, keys, ALL)).thenCompose(sets -> {
            Due due = sets.get(0);
            return new Tidying(operations, runner, current, finished, due.members())
                    .run()
                    .thenApply(living -> due.later() + living);
        });
    }
}
