package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.redis.BucketOperations.Candidate;
import io.sessiontracker.redis.BucketOperations.Due;
import io.sessiontracker.redis.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionSweep;

/** Sweeps buckets, several at once, until as many sessions are claimed as were asked for. */
final class Sweep {

    /** Of these several generations may be there, so fewer than are tidied at once. */
    private static final int BATCH = 25;
    /** What a sweep looks at in a bucket at the most; the next one goes on. */
    private static final int MOST_DUE = 5000;

    private final BucketOperations operations;
    private final OperationRunner runner;
    private final SessionSweep sweep;
    private final List<SessionSweep.Expired> claimed = new ArrayList<>();
    private int next;

    Sweep(BucketOperations operations, OperationRunner runner, SessionSweep sweep) {
        this.operations = operations;
        this.runner = runner;
        this.sweep = sweep;
    }

    boolean isFull() {
        return sweep.claim() > 0 && claimed.size() >= sweep.claim();
    }

    List<SessionSweep.Expired> claimed() {
        return claimed;
    }

    /** The first bucket that may have more to claim. */
    int next() {
        return next;
    }

    /** What is due in a bucket. */
    private record DueIn(Bucket bucket, Due deadlines, Due untold, Due finished) {

        List<Candidate> candidates() {
            return Stream.concat(
                            deadlines.members().stream().map(Candidate::ofEntry),
                            untold.members().stream().map(Candidate::ofShelf))
                    .toList();
        }

        long next() {
            return Math.min(deadlines.next(), untold.next());
        }
    }

    /**
     * Sweeps these buckets. If it is {@linkplain #isFull full} afterwards there may be more.
     *
     * @return when something is due there next, as far as that is known: 0 if something was claimed
     */
    CompletionStage<Long> buckets(int first, int count) {
        int before = claimed.size();
        next = first + count;
        return due(first, count)
                .thenCompose(due -> claimAll(due)
                        .thenCompose(nothing -> Steps.all(due, this::tidy))
                        .thenApply(tidied -> claimed.size() > before
                                ? 0L
                                : due.stream().mapToLong(DueIn::next).min().orElse(Due.NONE)));
    }

    private CompletionStage<List<DueIn>> due(int first, int count) {
        List<Bucket> buckets = IntStream.range(first, first + count)
                .mapToObj(number -> operations.bucket(sweep.type(), number))
                .toList();
        List<RedisOperation<List<Due>>> looks = buckets.stream()
                .map(bucket -> operations.due(
                        bucket, List.of(bucket.deadlines(false), bucket.untold(), bucket.deadlines(true)), MOST_DUE))
                .toList();
        return runner.runAll(looks)
                .thenApply(found -> IntStream.range(0, count)
                        .mapToObj(i -> new DueIn(
                                buckets.get(i),
                                found.get(i).get(0),
                                found.get(i).get(1),
                                found.get(i).get(2)))
                        .toList());
    }

    /** The running ones only where they are not claimed, which tidies as well. */
    private CompletionStage<?> tidy(DueIn due) {
        List<byte[]> running = sweep.claim() == 0 ? due.deadlines().members() : List.of();
        return new Tidying(operations, runner, due.bucket(), false, running)
                .run()
                .thenCompose(living -> new Tidying(
                                operations,
                                runner,
                                due.bucket(),
                                true,
                                due.finished().members())
                        .run());
    }

    private CompletionStage<Void> claimAll(List<DueIn> due) {
        List<Claim> open = new ArrayList<>();
        if (sweep.claim() > 0) {
            due.forEach(each -> open.addAll(claims(each)));
        }
        return Steps.repeat(() -> claimSome(open));
    }

    /** Some candidates of a bucket. */
    private record Claim(Bucket bucket, List<Candidate> candidates) {}

    private static List<Claim> claims(DueIn due) {
        List<Candidate> candidates = due.candidates();
        List<Claim> claims = new ArrayList<>();
        for (int first = 0; first < candidates.size(); first += BATCH) {
            int last = Math.min(candidates.size(), first + BATCH);
            claims.add(new Claim(due.bucket(), candidates.subList(first, last)));
        }
        return claims;
    }

    /**
     * As many at once as there is room for if each candidate is one session, which together claim no more than were asked for.
     * Where a candidate is several, what is left of them is claimed next.
     */
    private CompletionStage<Boolean> claimSome(List<Claim> open) {
        List<Integer> limits = new ArrayList<>();
        List<RedisOperation<List<SessionSweep.Expired>>> claims = new ArrayList<>();
        int room = sweep.claim() - claimed.size();
        for (int i = 0; room > 0 && i < Math.min(Steps.AT_ONCE, open.size()); i++) {
            Claim claim = open.get(i);
            // One more than it should take, for a claim that reaches its limit may not be at its end.
            int limit = Math.min(room, claim.candidates().size() + 1);
            limits.add(limit);
            claims.add(operations.claim(claim.bucket(), claim.candidates(), sweep.leaseMillis(), limit));
            room -= limit;
        }
        return runner.runAll(claims).thenApply(each -> {
            for (int i = each.size() - 1; i >= 0; i--) {
                claimed.addAll(each.get(i));
                if (each.get(i).size() < limits.get(i)) {
                    open.remove(i);
                }
            }
            if (isFull() && !open.isEmpty()) {
                next = open.get(0).bucket().number();
            }
            return !open.isEmpty() && !isFull();
        });
    }
}
