package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.sessiontracker.redis.client.IndexScripts;
import io.sessiontracker.redis.client.IndexScripts.Due;
import io.sessiontracker.redis.client.IndexScripts.SweptPart;
import io.sessiontracker.redis.client.KeyLayout.Bucket;
import io.sessiontracker.redis.client.ScriptCall;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.support.AsyncLoops;

/**
 * One {@link io.sessiontracker.spi.SessionDataProvider#sweep} that repairs the indexes. Where the work is shared, it takes a few
 * parts of the type that nobody else has, and says when they are worth a look again. No expiry waits for that: expired
 * sessions are claimed without such turns.
 */
final class PartitionedSweep {

    private static final int PARTS = 16;
    private static final int PART_SIZE = SessionAddress.BUCKETS / PARTS;
    private static final int TAKEN_AT_ONCE = 4;
    /** What is looked at in a bucket at the most; the next sweep goes on. */
    private static final int MOST_DUE = 5000;

    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final SessionSweep request;

    private PartitionedSweep(IndexScripts operations, ScriptRunner runner, SessionSweep request) {
        this.operations = operations;
        this.runner = runner.ready();
        this.request = request;
    }

    static CompletionStage<SessionSweep.Reply> run(IndexScripts operations, ScriptRunner runner, SessionSweep request) {
        PartitionedSweep shared = new PartitionedSweep(operations, runner, request);
        CompletionStage<Boolean> more = request.shareMillis() == 0
                ? shared.parts(IntStream.range(0, PARTS).boxed().toList()).thenApply(all -> false)
                : shared.share();
        return more.thenApply(goOn -> new SessionSweep.Reply(List.of(), goOn));
    }

    /** Answers whether there was anything to do. */
    private CompletionStage<Boolean> share() {
        return share(TAKEN_AT_ONCE, List.of())
                .thenCompose(taken -> taken.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : parts(taken).thenCompose(swept -> share(0, swept)).thenApply(none -> true));
    }

    private CompletionStage<List<Integer>> share(int limit, List<SweptPart> swept) {
        return runner.run(operations.share(request.type(), request.shareMillis(), limit, PARTS, swept));
    }

    private CompletionStage<List<SweptPart>> parts(List<Integer> parts) {
        List<SweptPart> swept = new ArrayList<>();
        return AsyncLoops.repeat(() -> {
                    int part = parts.get(swept.size());
                    // 0 would give the part back.
                    return part(part).thenApply(next -> {
                        swept.add(new SweptPart(part, Math.max(next, 1)));
                        return swept.size() < parts.size();
                    });
                })
                .thenApply(nothing -> swept);
    }

    /** Answers when something is due there next, as far as that is known. */
    private CompletionStage<Long> part(int part) {
        List<Bucket> buckets = IntStream.range(part * PART_SIZE, (part + 1) * PART_SIZE)
                .mapToObj(number -> operations.bucket(request.type(), number))
                .toList();
        List<ScriptCall<List<Due>>> looks = buckets.stream()
                .map(bucket ->
                        operations.due(bucket, List.of(bucket.deadlines(false), bucket.deadlines(true)), MOST_DUE))
                .toList();
        return runner.runAll(looks)
                .thenCompose(found -> AsyncLoops.all(
                        IntStream.range(0, PART_SIZE).boxed().toList(), i -> repair(buckets.get(i), found.get(i))))
                .thenCompose(next -> rebuild(buckets).thenApply(nothing -> next))
                .thenApply(
                        next -> next.stream().mapToLong(Long::longValue).min().orElse(Due.NONE));
    }

    /** One of the buckets, or each where all are swept: keys that a server evicted are rare, and no reason to hurry. */
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
