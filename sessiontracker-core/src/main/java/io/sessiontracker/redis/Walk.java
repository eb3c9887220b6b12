package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** One {@link io.sessiontracker.spi.SessionDataProvider#scan}: bucket by bucket, until there are enough. */
final class Walk {

    /** What a script reads at once, so that the server can do something else in between. */
    private static final int BATCH = 100;
    /** A clause with more values costs more than it saves. */
    private static final int MOST_VALUES = 100;

    private final BucketOperations operations;
    private final OperationRunner runner;
    private final SessionScan scan;
    private final List<SessionScan.Clause> clauses;
    private final List<SessionScan.Met> met = new ArrayList<>();
    private int bucket;
    private @Nullable Place after;

    private Walk(BucketOperations operations, OperationRunner runner, SessionScan scan) {
        this.operations = operations;
        this.runner = runner;
        this.scan = scan;
        this.clauses = scan.clauses().stream()
                .filter(clause -> clause.values().size() <= MOST_VALUES)
                .toList();
        SessionScan.Position start = scan.after();
        if (start != null) {
            bucket = start.bucket();
            after = Place.of(start);
        }
    }

    static CompletionStage<SessionScan.Reply> run(
            BucketOperations operations, OperationRunner runner, SessionScan scan) {
        if (scan.clauses().stream().anyMatch(clause -> clause.values().isEmpty())) {
            return CompletableFuture.completedFuture(new SessionScan.Reply(List.of(), null));
        }
        Walk walk = new Walk(operations, runner, scan);
        return Steps.repeat(walk::step).thenApply(nothing -> walk.reply());
    }

    private CompletionStage<Boolean> step() {
        if (isOver() || met.size() == scan.limit()) {
            return CompletableFuture.completedFuture(false);
        }
        Bucket current = operations.bucket(scan.type(), bucket);
        int limit = Math.min(BATCH, scan.limit() - met.size());
        return runner.run(operations.page(current, scan.finished(), after, limit, clauses))
                .thenCompose(places -> {
                    advance(places, limit);
                    return places.isEmpty() ? CompletableFuture.completedFuture(true) : read(current, places);
                });
    }

    private void advance(List<Place> places, int limit) {
        if (places.size() == limit) {
            after = places.get(limit - 1);
        } else {
            bucket++;
            after = null;
        }
    }

    private CompletionStage<Boolean> read(Bucket current, List<Place> places) {
        return runner.run(operations.read(current, scan.finished(), places)).thenCompose(sessions -> {
            int before = met.size();
            for (int i = 0; i < places.size(); i++) {
                StoredSession session = sessions.get(i);
                if (session != null) {
                    met.add(new SessionScan.Met(places.get(i).key(), session));
                }
            }
            int gone = places.size() - (met.size() - before);
            return gone > places.size() / 2 ? tidy(current) : CompletableFuture.completedFuture(true);
        });
    }

    /** Where most entries' sessions are gone, the next walk shall not meet them again. */
    private CompletionStage<Boolean> tidy(Bucket current) {
        List<byte[]> keys = List.of(current.deadlines(scan.finished()));
        return runner.run(operations.due(current, keys, BATCH))
                .thenCompose(due -> new Tidying(
                                operations,
                                runner,
                                current,
                                scan.finished(),
                                due.get(0).members())
                        .run())
                .thenApply(living -> true);
    }

    private boolean isOver() {
        return bucket >= SessionAddress.BUCKETS;
    }

    private SessionScan.Reply reply() {
        return new SessionScan.Reply(met, isOver() ? null : position());
    }

    /** Enough were met: if the bucket is at its end, that is after all that were, and before the next one's first. */
    private SessionScan.Position position() {
        Place last = after;
        return last == null ? new SessionScan.Position(bucket, 0, "") : last.position(bucket);
    }
}
