package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.IndexMember;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.IndexScripts.Found;
import io.sessiontracker.redis.script.IndexScripts.Sessions;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#scan}: bucket by bucket, until there are enough sessions. The first bucket
 * is scanned alone, as it often has enough; then as many at once as the sessions found so far suggest. While buckets are scanned,
 * the sessions found before are read; none is read that is not returned. Of a filter an index serves at most one condition, and a session may change before it is
 * read, so the caller checks the whole filter.
 */
final class BucketScan {

    /** How many sessions a script reads at most, so that the server can serve others in between. */
    private static final int BATCH = 100;
    /** A condition with more values costs more than it saves. */
    private static final int MAX_VALUES = 100;

    private final IndexScripts scripts;
    private final ScriptRunner runner;
    private final SessionScan scan;
    private final Map<String, Set<String>> required;
    private final List<SessionScan.Item> items = new ArrayList<>();
    private final List<SessionScan.Unreadable> unreadable = new ArrayList<>();
    private List<Pick> picked = List.of();
    private int bucket;
    private @Nullable IndexMember after;
    private int asked;
    private long memberCount;

    private BucketScan(IndexScripts scripts, ScriptRunner runner, SessionScan scan) {
        this.scripts = scripts;
        this.runner = runner;
        this.scan = scan;
        this.required = scan.requiredValues();
        required.values().removeIf(values -> values.size() > MAX_VALUES);
        String cursor = scan.after();
        if (cursor != null) {
            ScanPosition start = ScanPosition.parse(cursor);
            bucket = start.bucket();
            after = IndexMember.of(start);
        }
    }

    static CompletionStage<SessionScan.Reply> run(IndexScripts scripts, ScriptRunner runner, SessionScan scan) {
        if (scan.requiredValues().containsValue(Set.of())) {
            return CompletableFuture.completedFuture(new SessionScan.Reply(List.of(), List.of(), null, null));
        }
        BucketScan bucketScan = new BucketScan(scripts, runner.ready(), scan);
        return AsyncLoops.repeat(bucketScan::step).thenApply(nothing -> bucketScan.reply());
    }

    /** Entries of a bucket whose sessions are read next. */
    private record Pick(Bucket bucket, List<IndexMember> entries) {}

    private CompletionStage<Boolean> step() {
        int wanted = wanted();
        if (picked.isEmpty() && (wanted == 0 || isOver())) {
            return CompletableFuture.completedFuture(false);
        }
        int limit = Math.min(BATCH, wanted);
        CompletionStage<List<Found>> found = runner.runAll(
                next(wanted).stream().map(number -> find(number, limit)).toList());
        return read(picked).thenCombine(found, (sessions, entries) -> {
            for (Sessions each : sessions) {
                items.addAll(each.there());
                unreadable.addAll(each.unreadable());
            }
            pick(entries, limit);
            return true;
        });
    }

    /** Returns how many more sessions are needed, if none of the picked ones is gone. */
    private int wanted() {
        return scan.limit()
                - items.size()
                - picked.stream().mapToInt(pick -> pick.entries().size()).sum();
    }

    /** Returns the buckets to scan now. */
    private List<Integer> next(int wanted) {
        if (wanted == 0) {
            return List.of();
        }
        long enough = asked == 0 ? 1 : (long) Math.ceil((double) wanted * asked / Math.max(memberCount, 1));
        int count = (int) Math.min(Math.min(enough, IndexScripts.BUCKETS_AT_ONCE), SessionAddress.BUCKETS - bucket);
        return IntStream.range(bucket, bucket + count).boxed().toList();
    }

    private ScriptCall<Found> find(int number, int limit) {
        Bucket current = scripts.bucket(scan.type(), number);
        IndexMember from = number == bucket ? after : null;
        return scripts.scanBucket(current, scan.finished(), from, limit, required);
    }

    /** Picks the entries that are needed; the next scan finds the others again. */
    private void pick(List<Found> found, int limit) {
        List<Pick> next = new ArrayList<>();
        asked += found.size();
        for (Found each : found) {
            memberCount += each.members();
        }
        // The entries picked before are read by now, and some of their sessions were gone.
        int open = scan.limit() - items.size();
        for (Found each : found) {
            List<IndexMember> entries = each.entries();
            List<IndexMember> taken = entries.subList(0, Math.min(open, entries.size()));
            if (!taken.isEmpty()) {
                next.add(new Pick(scripts.bucket(scan.type(), bucket), taken));
            }
            open -= taken.size();
            if (taken.size() == limit || taken.size() < entries.size()) {
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
                .map(pick -> scripts.read(pick.bucket(), scan.finished(), pick.entries()))
                .toList();
        return runner.runAll(reads)
                .thenCompose(read -> AsyncLoops.all(
                        IntStream.range(0, picks.size()).boxed().toList(),
                        i -> repairedIfMostAreGone(picks.get(i), read.get(i))));
    }

    private CompletionStage<Sessions> repairedIfMostAreGone(Pick pick, Sessions sessions) {
        // If most are gone, the next scan should not find them again.
        boolean mostAreGone = sessions.gone() > pick.entries().size() / 2;
        return mostAreGone
                ? IndexRepair.ofDue(scripts, runner, pick.bucket(), scan.finished())
                        .thenApply(living -> sessions)
                : CompletableFuture.completedFuture(sessions);
    }

    private boolean isOver() {
        return bucket >= SessionAddress.BUCKETS;
    }

    private SessionScan.Reply reply() {
        return new SessionScan.Reply(
                items, unreadable, isOver() ? null : position().cursor(), scan.filter());
    }

    /** Returns where the next scan continues: after the last entry, or at the beginning of the next bucket. */
    private ScanPosition position() {
        IndexMember last = after;
        return last == null ? new ScanPosition(bucket, 0, "") : last.position(bucket);
    }
}
