package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.sessiontracker.redis.BucketOperations.Candidate;
import io.sessiontracker.redis.BucketOperations.Due;
import io.sessiontracker.redis.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionSweep;

/** Sweeps buckets, until as many sessions are claimed as were asked for. */
final class Sweep {

    /** Of these several generations may be there, so fewer than are tidied at once. */
    private static final int BATCH = 25;
    /** What a sweep looks at in a bucket at the most; the next one goes on. */
    private static final int MOST_DUE = 5000;

    private final BucketOperations operations;
    private final OperationRunner runner;
    private final SessionSweep sweep;
    private final List<SessionSweep.Expired> claimed = new ArrayList<>();

    Sweep(BucketOperations operations, OperationRunner runner, SessionSweep sweep) {
        this.operations = operations;
        this.runner = runner;
        this.sweep = sweep;
    }

    boolean isFull() {
        return sweep.claim() > 0 && claimed.size() >= sweep.claim();
    }

    SessionSweep.Reply reply() {
        return new SessionSweep.Reply(claimed, isFull());
    }

    /** Answers when something is due there next, as far as that is known: 0 if something was claimed. */
    CompletionStage<Long> bucket(int number) {
        Bucket bucket = operations.bucket(sweep.type(), number);
        List<byte[]> sets = List.of(bucket.deadlines(false), bucket.untold(), bucket.deadlines(true));
        int before = claimed.size();
        return runner.run(operations.due(bucket, sets, MOST_DUE)).thenCompose(due -> {
            long next = Math.min(due.get(0).next(), due.get(1).next());
            return running(bucket, due.get(0), due.get(1))
                    .thenCompose(nothing -> tidy(bucket, true, due.get(2)))
                    .thenApply(living -> claimed.size() == before ? next : 0L);
        });
    }

    private CompletionStage<?> running(Bucket bucket, Due deadlines, Due untold) {
        if (sweep.claim() == 0) {
            return tidy(bucket, false, deadlines);
        }
        List<Candidate> candidates = Stream.concat(
                        deadlines.members().stream().map(Candidate::ofEntry),
                        untold.members().stream().map(Candidate::ofShelf))
                .toList();
        int[] done = {0};
        return Steps.repeat(() -> {
            if (done[0] == candidates.size() || isFull()) {
                return CompletableFuture.completedFuture(false);
            }
            int first = done[0];
            done[0] = Math.min(candidates.size(), first + BATCH);
            return claim(bucket, candidates.subList(first, done[0]));
        });
    }

    private CompletionStage<Boolean> claim(Bucket bucket, List<Candidate> candidates) {
        int limit = sweep.claim() - claimed.size();
        return runner.run(operations.claim(bucket, candidates, sweep.leaseMillis(), limit))
                .thenApply(claimed::addAll)
                .thenApply(changed -> true);
    }

    private CompletionStage<Long> tidy(Bucket bucket, boolean finished, Due due) {
        return new Tidying(operations, runner, bucket, finished, due.members()).run();
    }
}
