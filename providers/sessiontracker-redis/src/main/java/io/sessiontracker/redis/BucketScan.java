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
import io.sessiontracker.redis.script.IndexScripts.BucketEntries;
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
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#scan}: bucket by bucket, until there are enough sessions. Where the server
 * allows it, one call scans many buckets and stops when it has found enough; elsewhere the first bucket is scanned alone, as it often
 * has enough, and then as many at once as the sessions found so far suggest. While buckets are scanned, the sessions found before are
 * read; none is read that is not returned. Of a filter an index serves at most one condition, and a session may change before it is
 * read, so the caller checks the whole filter.
 */
final class BucketScan {

    /** How many sessions a script reads at most, so that the server can serve others in between. */
    static final int BATCH = 100;
    /** A condition with more values costs more than it saves. */
    private static final int MAX_VALUES = 100;

    private final IndexScripts scripts;
    private final ScriptRunner runner;
    private final MultiSlotCalls multiSlotCalls;
    private final SessionScan scan;
    private final Map<String, Set<String>> required;
    private final ScanBreadth breadth;
    private final List<SessionScan.Item> items = new ArrayList<>();
    private final List<SessionScan.Unreadable> unreadable = new ArrayList<>();
    private List<BucketEntries> picked = List.of();
    private int bucket;
    private @Nullable IndexMember after;

    private BucketScan(
            IndexScripts scripts,
            ScriptRunner runner,
            MultiSlotCalls multiSlotCalls,
            SessionScan scan,
            Map<String, Set<String>> required) {
        this.scripts = scripts;
        this.runner = runner;
        this.multiSlotCalls = multiSlotCalls;
        this.scan = scan;
        this.required = required;
        required.values().removeIf(values -> values.size() > MAX_VALUES);
        String cursor = scan.after();
        this.breadth =
                new ScanBreadth(required.values().stream().mapToInt(Set::size).sum(), cursor == null);
        if (cursor != null) {
            ScanPosition start = ScanPosition.parse(cursor);
            bucket = start.bucket();
            after = IndexMember.of(start);
        }
    }

    static CompletionStage<SessionScan.Reply> run(
            IndexScripts scripts, ScriptRunner runner, MultiSlotCalls multiSlotCalls, SessionScan scan) {
        Map<String, Set<String>> required = scan.requiredValues();
        if (required.containsValue(Set.of())) {
            return CompletableFuture.completedFuture(new SessionScan.Reply(List.of(), List.of(), null, null));
        }
        if (scan.newestFirst()) {
            required.values().removeIf(values -> values.size() > MAX_VALUES);
            return new NewestScan(scripts, runner.ready(), multiSlotCalls, scan, required).run();
        }
        BucketScan bucketScan = new BucketScan(scripts, runner.ready(), multiSlotCalls, scan, required);
        return AsyncLoops.repeat(bucketScan::step).thenApply(nothing -> bucketScan.reply());
    }

    private CompletionStage<Boolean> step() {
        int wanted = wanted();
        if (picked.isEmpty() && (wanted == 0 || isOver())) {
            return CompletableFuture.completedFuture(false);
        }
        return multiSlotCalls.run(() -> step(wanted, breadth.suitsOneCall()), () -> step(wanted, false));
    }

    private CompletionStage<Boolean> step(int wanted, boolean inOneCall) {
        CompletionStage<List<Found>> found = runner.runAll(find(wanted, inOneCall));
        return read(picked, inOneCall).thenCombine(found, (sessions, entries) -> {
            for (Sessions each : sessions) {
                items.addAll(each.there());
                unreadable.addAll(each.unreadable());
            }
            entries.forEach(breadth::found);
            pick(entries);
            return true;
        });
    }

    /** Returns how many more sessions are needed, if none of the picked ones is gone. */
    private int wanted() {
        return scan.limit()
                - items.size()
                - picked.stream().mapToInt(pick -> pick.entries().size()).sum();
    }

    /** Describes the calls that scan the next buckets. */
    private List<ScriptCall<Found>> find(int wanted, boolean inOneCall) {
        if (wanted == 0 || isOver()) {
            return List.of();
        }
        int limit = Math.min(BATCH, wanted);
        int count = inOneCall ? breadth.inOneCall(limit) : breadth.ofOneEach(wanted);
        List<Bucket> buckets = IntStream.range(bucket, Math.min(SessionAddress.BUCKETS, bucket + count))
                .mapToObj(number -> scripts.bucket(scan.type(), number))
                .toList();
        return inOneCall
                ? List.of(find(buckets, limit))
                : buckets.stream().map(each -> find(List.of(each), limit)).toList();
    }

    private ScriptCall<Found> find(List<Bucket> buckets, int limit) {
        IndexMember from = buckets.get(0).number() == bucket ? after : null;
        return scripts.scanBuckets(buckets, scan.finished(), from, limit, required);
    }

    /** Picks the entries that are needed; the next scan finds the others again. */
    private void pick(List<Found> found) {
        // The entries picked before are read by now, and some of their sessions were gone.
        picked = new ArrayList<>();
        for (Found each : found) {
            if (!pick(each)) {
                return;
            }
        }
    }

    /** Returns false if the scan continues within one of these buckets. */
    private boolean pick(Found found) {
        int end = bucket + found.scanned();
        for (BucketEntries each : found.entries()) {
            BucketEntries taken = each.first(wanted());
            int number = each.bucket().number();
            after = number == bucket ? after : null;
            bucket = number;
            if (!taken.entries().isEmpty()) {
                picked.add(taken);
                after = taken.last();
            }
            if (!taken.isLast()) {
                return false;
            }
        }
        bucket = end;
        after = null;
        return true;
    }

    private CompletionStage<List<Sessions>> read(List<BucketEntries> picks, boolean inOneCall) {
        List<List<BucketEntries>> calls = inOneCall && !picks.isEmpty()
                ? List.of(picks)
                : picks.stream().map(List::of).toList();
        return runner.runAll(calls.stream()
                        .map(each -> scripts.read(scan.finished(), each))
                        .toList())
                .thenApply(read -> read.stream().flatMap(List::stream).toList())
                .thenCompose(read -> AsyncLoops.all(
                        IntStream.range(0, picks.size()).boxed().toList(),
                        i -> repairedIfMostAreGone(picks.get(i), read.get(i))));
    }

    private CompletionStage<Sessions> repairedIfMostAreGone(BucketEntries pick, Sessions sessions) {
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
