package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.IndexScripts.Counted;
import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.AsyncLoops;

/**
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#count}: counts the entries that cannot have expired yet, and checks the
 * others. Those whose sessions live get a later score, so that the next count need not check them. Where the server allows it, one
 * call counts all buckets, and returns the entries to check unless they are too many.
 */
final class SessionCount {

    private static final int ALL = -1;
    /** How many entries to check one call returns at most. */
    private static final int MAX_PASSED = 1000;

    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final boolean finished;
    private List<Bucket> uncounted;
    private final List<Map.Entry<Bucket, List<byte[]>>> unchecked = new ArrayList<>();
    private long count;

    private SessionCount(IndexScripts operations, ScriptRunner runner, String type, boolean finished) {
        this.operations = operations;
        this.runner = runner;
        this.finished = finished;
        this.uncounted = IntStream.range(0, SessionAddress.BUCKETS)
                .mapToObj(number -> operations.bucket(type, number))
                .toList();
    }

    static CompletionStage<Long> run(
            IndexScripts operations,
            ScriptRunner runner,
            MultiSlotCalls multiSlotCalls,
            String type,
            boolean finished) {
        SessionCount count = new SessionCount(operations, runner.ready(), type, finished);
        return multiSlotCalls
                .run(count::together, () -> CompletableFuture.completedFuture(true))
                .thenCompose(begun -> AsyncLoops.repeat(count::step))
                .thenApply(nothing -> count.count);
    }

    private CompletionStage<Boolean> together() {
        return runner.run(operations.countBuckets(uncounted, finished, MAX_PASSED))
                .thenApply(this::begin);
    }

    private boolean begin(Counted counted) {
        count = counted.later();
        unchecked.addAll(counted.passed().entrySet());
        uncounted = counted.uncounted();
        return true;
    }

    private CompletionStage<Boolean> step() {
        if (!unchecked.isEmpty()) {
            List<Map.Entry<Bucket, List<byte[]>>> next = next(unchecked);
            CompletionStage<Boolean> checked = checked(next);
            next.clear();
            return checked;
        }
        if (uncounted.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        List<Bucket> buckets = next(uncounted);
        uncounted = uncounted.subList(buckets.size(), uncounted.size());
        return counted(buckets);
    }

    private static <T> List<T> next(List<T> all) {
        return all.subList(0, Math.min(all.size(), IndexScripts.BUCKETS_AT_ONCE));
    }

    private CompletionStage<Boolean> counted(List<Bucket> buckets) {
        List<ScriptCall<List<Due>>> looks = buckets.stream()
                .map(each -> operations.due(each, List.of(each.deadlines(finished)), ALL))
                .toList();
        return runner.runAll(looks).thenApply(found -> {
            for (int i = 0; i < buckets.size(); i++) {
                Due due = found.get(i).get(0);
                count += due.later();
                if (!due.members().isEmpty()) {
                    unchecked.add(Map.entry(buckets.get(i), due.members()));
                }
            }
            return true;
        });
    }

    private CompletionStage<Boolean> checked(List<Map.Entry<Bucket, List<byte[]>>> entries) {
        return AsyncLoops.all(
                        entries,
                        each -> new IndexRepair(operations, runner, each.getKey(), finished, each.getValue()).run())
                .thenApply(living -> {
                    living.forEach(each -> count += each);
                    return true;
                });
    }
}
