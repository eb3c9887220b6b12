package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ExpirationScripts;
import io.sessiontracker.redis.script.ExpirationScripts.SweptPartition;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.support.AsyncLoops;

/**
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#sweep} that repairs the indexes. If processes share the work, it claims a
 * few partitions of the type, and records when each needs a sweep again. No delivery waits for that: {@link BucketSweep} claims
 * expired sessions in all buckets.
 */
final class PartitionedSweep {

    private static final int PARTITIONS = 16;
    private static final int PARTITION_SIZE = SessionAddress.BUCKETS / PARTITIONS;
    private static final int CLAIMED_AT_ONCE = 4;
    /** How many entries of a bucket are repaired at most; the next sweep continues. */
    private static final int MAX_DUE = 5000;

    private final ExpirationScripts expirations;
    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final SessionSweep request;

    private PartitionedSweep(
            ExpirationScripts expirations, IndexScripts operations, ScriptRunner runner, SessionSweep request) {
        this.expirations = expirations;
        this.operations = operations;
        this.runner = runner.ready();
        this.request = request;
    }

    static CompletionStage<SessionSweep.Reply> run(
            ExpirationScripts expirations, IndexScripts operations, ScriptRunner runner, SessionSweep request) {
        PartitionedSweep shared = new PartitionedSweep(expirations, operations, runner, request);
        CompletionStage<Boolean> more = request.shareMillis() == 0
                ? shared.parts(IntStream.range(0, PARTITIONS).boxed().toList()).thenApply(all -> false)
                : shared.share();
        return more.thenApply(goOn -> new SessionSweep.Reply(List.of(), goOn));
    }

    /** Returns whether there was anything to do. */
    private CompletionStage<Boolean> share() {
        return share(CLAIMED_AT_ONCE, List.of())
                .thenCompose(taken -> taken.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : parts(taken).thenCompose(swept -> share(0, swept)).thenApply(none -> true));
    }

    private CompletionStage<List<Integer>> share(int limit, List<SweptPartition> swept) {
        return runner.run(expirations.claimPartitions(request.type(), request.shareMillis(), limit, PARTITIONS, swept));
    }

    private CompletionStage<List<SweptPartition>> parts(List<Integer> parts) {
        List<SweptPartition> swept = new ArrayList<>();
        return AsyncLoops.repeat(() -> {
                    int part = parts.get(swept.size());
                    // 0 would release the partition at once.
                    return part(part).thenApply(next -> {
                        swept.add(new SweptPartition(part, Math.max(next, 1)));
                        return swept.size() < parts.size();
                    });
                })
                .thenApply(nothing -> swept);
    }

    /** Returns when the next session there expires, as far as that is known. */
    private CompletionStage<Long> part(int part) {
        List<Bucket> buckets = IntStream.range(part * PARTITION_SIZE, (part + 1) * PARTITION_SIZE)
                .mapToObj(number -> operations.bucket(request.type(), number))
                .toList();
        List<ScriptCall<List<Due>>> calls = buckets.stream()
                .map(bucket ->
                        operations.due(bucket, List.of(bucket.deadlines(false), bucket.deadlines(true)), MAX_DUE))
                .toList();
        return runner.runAll(calls)
                .thenCompose(found -> AsyncLoops.all(
                        IntStream.range(0, PARTITION_SIZE).boxed().toList(), i -> repair(buckets.get(i), found.get(i))))
                .thenCompose(next -> rebuild(buckets).thenApply(nothing -> next))
                .thenApply(
                        next -> next.stream().mapToLong(Long::longValue).min().orElse(Due.NONE));
    }

    /** Rebuilds the index of one bucket, or of each if all are swept: evicted keys are rare, and no reason to hurry. */
    private CompletionStage<?> rebuild(List<Bucket> buckets) {
        int one = ThreadLocalRandom.current().nextInt(buckets.size());
        List<Bucket> rebuilt = request.shareMillis() == 0 ? buckets : buckets.subList(one, one + 1);
        return AsyncLoops.all(rebuilt, new IndexRebuild(operations, runner)::run);
    }

    private CompletionStage<Long> repair(Bucket bucket, List<Due> due) {
        Due running = due.get(0);
        Due finished = due.get(1);
        return new IndexRepair(operations, runner, bucket, false, running.members())
                .run()
                .thenCompose(living -> new IndexRepair(operations, runner, bucket, true, finished.members()).run())
                .thenApply(living -> Math.min(running.next(), finished.next()));
    }
}
