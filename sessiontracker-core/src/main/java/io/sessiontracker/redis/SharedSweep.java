package io.sessiontracker.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.BucketOperations.SweptPart;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;

/**
 * One {@link io.sessiontracker.spi.SessionDataProvider#sweep}. Where the work is shared, it takes a few parts of the type at a
 * time that nobody else has, and says of those it is done with when they are worth a look again.
 */
final class SharedSweep {

    private static final int PARTS = 16;
    private static final int PART_SIZE = SessionAddress.BUCKETS / PARTS;

    private static final int TAKEN_AT_ONCE = 4;

    private final BucketOperations operations;
    private final OperationRunner runner;
    private final SessionSweep request;
    private final Sweep sweep;
    private final Deque<Integer> taken = new ArrayDeque<>();
    private final List<SweptPart> swept = new ArrayList<>();
    private int bucketOfPart;
    private int atOnce = 1;
    private long next = BucketOperations.Due.NONE;

    private SharedSweep(BucketOperations operations, OperationRunner runner, SessionSweep request) {
        this.operations = operations;
        this.runner = runner.ready();
        this.request = request;
        this.sweep = new Sweep(operations, this.runner, request);
    }

    static CompletionStage<SessionSweep.Reply> run(
            BucketOperations operations, OperationRunner runner, SessionSweep request) {
        SharedSweep shared = new SharedSweep(operations, runner, request);
        return shared.run().thenApply(nothing -> shared.reply());
    }

    private CompletionStage<Void> run() {
        if (request.shareMillis() == 0) {
            for (int part = request.from() / PART_SIZE; part < PARTS; part++) {
                taken.add(part);
            }
            bucketOfPart = request.from() % PART_SIZE;
            return Steps.repeat(this::sweepTaken);
        }
        return Steps.repeat(this::takeAndSweep);
    }

    private CompletionStage<Boolean> takeAndSweep() {
        if (!taken.isEmpty() && !sweep.isFull()) {
            return sweepTaken();
        }
        // What was not looked at is anybody's again.
        taken.forEach(part -> swept.add(new SweptPart(part, 0)));
        taken.clear();
        bucketOfPart = 0;
        next = BucketOperations.Due.NONE;
        int limit = sweep.isFull() ? 0 : TAKEN_AT_ONCE;
        List<SweptPart> known = List.copyOf(swept);
        swept.clear();
        return runner.run(operations.share(request.type(), request.shareMillis(), limit, PARTS, known))
                .thenApply(parts -> {
                    taken.addAll(parts);
                    return !parts.isEmpty();
                });
    }

    /** Sweeps some buckets of a part: one at first, which often fills the sweep, and more the less there is to do. */
    private CompletionStage<Boolean> sweepTaken() {
        if (taken.isEmpty() || sweep.isFull()) {
            return CompletableFuture.completedFuture(false);
        }
        int part = taken.getFirst();
        int buckets = Math.min(atOnce, PART_SIZE - bucketOfPart);
        atOnce = Math.min(4 * atOnce, Steps.AT_ONCE);
        return sweep.buckets(part * PART_SIZE + bucketOfPart, buckets).thenApply(due -> {
            // 0 would give the part back; what was claimed is no reason to look sooner than usual.
            next = Math.min(next, Math.max(due, 1));
            bucketOfPart = sweep.next() - part * PART_SIZE;
            if (!sweep.isFull() && bucketOfPart == PART_SIZE) {
                taken.removeFirst();
                swept.add(new SweptPart(part, next));
                bucketOfPart = 0;
                next = BucketOperations.Due.NONE;
            }
            return true;
        });
    }

    private SessionSweep.Reply reply() {
        return new SessionSweep.Reply(sweep.claimed(), sweep.isFull(), sweep.isFull() ? sweep.next() : 0);
    }
}
