package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.sessiontracker.redis.client.IndexEntry;
import io.sessiontracker.redis.client.IndexScripts;
import io.sessiontracker.redis.client.IndexScripts.Found;
import io.sessiontracker.redis.client.IndexScripts.Sessions;
import io.sessiontracker.redis.client.KeyLayout.Bucket;
import io.sessiontracker.redis.client.ScriptCall;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * One {@link io.sessiontracker.spi.SessionDataProvider#scan}: bucket by bucket, until there are enough. The first bucket is
 * asked alone, as it often has enough; then as many at once as, by what was found, it will take. While these say where
 * sessions are, the sessions that were found before are read, and none that is not answered.
 */
final class BucketScan {

    /** What a script reads at once, so that the server can do something else in between. */
    private static final int BATCH = 100;
    /** A clause with more values costs more than it saves. */
    private static final int MOST_VALUES = 100;

    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final SessionScan scan;
    private final List<SessionScan.Clause> clauses;
    private final List<SessionScan.Item> met = new ArrayList<>();
    private final List<SessionScan.Unreadable> unreadable = new ArrayList<>();
    private List<Pick> picked = List.of();
    private int bucket;
    private @Nullable IndexEntry after;
    private int asked;
    private long members;

    private BucketScan(IndexScripts operations, ScriptRunner runner, SessionScan scan) {
        this.operations = operations;
        this.runner = runner;
        this.scan = scan;
        this.clauses = scan.clauses().stream()
                .filter(clause -> clause.values().size() <= MOST_VALUES)
                .toList();
        String cursor = scan.after();
        if (cursor != null) {
            ScanPosition start = ScanPosition.parse(cursor);
            bucket = start.bucket();
            after = IndexEntry.of(start);
        }
    }

    static CompletionStage<SessionScan.Reply> run(IndexScripts operations, ScriptRunner runner, SessionScan scan) {
        if (scan.clauses().stream().anyMatch(clause -> clause.values().isEmpty())) {
            return CompletableFuture.completedFuture(new SessionScan.Reply(List.of(), null));
        }
        BucketScan walk = new BucketScan(operations, runner.ready(), scan);
        return AsyncLoops.repeat(walk::step).thenApply(nothing -> walk.reply());
    }

    /** Places of a bucket whose sessions are to be read. */
    private record Pick(Bucket bucket, List<IndexEntry> places) {}

    private CompletionStage<Boolean> step() {
        int wanted = wanted();
        if (picked.isEmpty() && (wanted == 0 || isOver())) {
            return CompletableFuture.completedFuture(false);
        }
        int limit = Math.min(BATCH, wanted);
        CompletionStage<List<Found>> found = runner.runAll(
                next(wanted).stream().map(number -> find(number, limit)).toList());
        return read(picked).thenCombine(found, (sessions, places) -> {
            for (Sessions each : sessions) {
                met.addAll(each.there());
                unreadable.addAll(each.unreadable());
            }
            pick(places, limit);
            return true;
        });
    }

    /** How many more are to be met, if none of those that are picked is gone. */
    private int wanted() {
        return scan.limit()
                - met.size()
                - picked.stream().mapToInt(pick -> pick.places().size()).sum();
    }

    /** The buckets to look into now. */
    private List<Integer> next(int wanted) {
        if (wanted == 0) {
            return List.of();
        }
        long enough = asked == 0 ? 1 : (long) Math.ceil((double) wanted * asked / Math.max(members, 1));
        int count = (int) Math.min(Math.min(enough, IndexScripts.BUCKETS_AT_ONCE), SessionAddress.BUCKETS - bucket);
        return IntStream.range(bucket, bucket + count).boxed().toList();
    }

    private ScriptCall<Found> find(int number, int limit) {
        Bucket current = operations.bucket(scan.type(), number);
        IndexEntry from = number == bucket ? after : null;
        return operations.page(current, scan.finished(), from, limit, clauses);
    }

    /** Takes what is wanted of what was found; what is beyond it is found again when it is asked for. */
    private void pick(List<Found> found, int limit) {
        List<Pick> next = new ArrayList<>();
        asked += found.size();
        for (Found each : found) {
            members += each.members();
        }
        // Those that were picked before are read by now, and some may have been gone.
        int open = scan.limit() - met.size();
        for (Found each : found) {
            List<IndexEntry> places = each.places();
            List<IndexEntry> taken = places.subList(0, Math.min(open, places.size()));
            if (!taken.isEmpty()) {
                next.add(new Pick(operations.bucket(scan.type(), bucket), taken));
            }
            open -= taken.size();
            if (taken.size() == limit || taken.size() < places.size()) {
                after = taken.isEmpty() ? after : taken.get(taken.size() - 1);
                break;
            }
            bucket++;
            after = null;
        }
        picked = next;
    }

    private CompletionStage<List<Sessions>> read(List<Pick> picks) {
        List<ScriptCall<Sessions>> reads = picks.stream()
                .map(pick -> operations.read(pick.bucket(), scan.finished(), pick.places()))
                .toList();
        return runner.runAll(reads)
                .thenCompose(read -> AsyncLoops.all(
                        IntStream.range(0, picks.size()).boxed().toList(), i -> tidied(picks.get(i), read.get(i))));
    }

    private CompletionStage<Sessions> tidied(Pick pick, Sessions sessions) {
        // Where most are gone, the next walk shall not meet them again.
        boolean mostAreGone = sessions.gone() > pick.places().size() / 2;
        return mostAreGone
                ? IndexRepair.ofDue(operations, runner, pick.bucket(), scan.finished())
                        .thenApply(living -> sessions)
                : CompletableFuture.completedFuture(sessions);
    }

    private boolean isOver() {
        return bucket >= SessionAddress.BUCKETS;
    }

    private SessionScan.Reply reply() {
        return new SessionScan.Reply(
                met, unreadable, isOver() ? null : position().cursor());
    }

    /** Enough were met: if the bucket is at its end, that is after all that were, and before the next one's first. */
    private ScanPosition position() {
        IndexEntry last = after;
        return last == null ? new ScanPosition(bucket, 0, "") : last.position(bucket);
    }
}
