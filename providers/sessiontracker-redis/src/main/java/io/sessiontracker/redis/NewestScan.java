package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
import io.sessiontracker.redis.script.IndexScripts.Sessions;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.NewestOf;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.support.AsyncLoops;
import io.sessiontracker.spi.support.SortedSources;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#scan} of the newest sessions: merges the newest entries of all buckets, of
 * which few are fetched, and reads the sessions of those that come first. Where the server allows it, one call covers all buckets.
 *
 * @param required what an index can answer of the filter, which the caller checks
 */
record NewestScan(
        IndexScripts scripts,
        ScriptRunner runner,
        MultiSlotCalls multiSlotCalls,
        SessionScan scan,
        Map<String, Set<String>> required) {

    private static final Comparator<ScanPosition> OLDEST_FIRST = Comparator.comparingLong(ScanPosition::startedAt)
            .thenComparingInt(ScanPosition::bucket)
            .thenComparing(IndexMember::of);

    /** An entry of a bucket. */
    private record Entry(IndexMember member, ScanPosition position) {

        static Entry of(IndexMember member, int bucket) {
            return new Entry(member, member.position(bucket));
        }
    }

    CompletionStage<SessionScan.Reply> run() {
        String cursor = scan.after();
        ScanPosition after = cursor == null ? null : ScanPosition.parse(cursor);
        return SortedSources.<Entry>first(
                        SessionAddress.BUCKETS,
                        scan.limit(),
                        Comparator.comparing(Entry::position, OLDEST_FIRST.reversed()),
                        requests -> find(requests, after))
                .thenCompose(this::read);
    }

    private CompletionStage<List<List<Entry>>> find(
            List<SortedSources.Request<Entry>> requests, @Nullable ScanPosition after) {
        List<NewestOf> wanted = requests.stream()
                .map(request -> {
                    Entry last = request.after();
                    Bucket bucket = scripts.bucket(scan.type(), request.source());
                    return new NewestOf(bucket, last == null ? after : last.position(), request.count());
                })
                .toList();
        int values = required.values().stream().mapToInt(Set::size).sum();
        return (ScanBreadth.suitsOneCall(values)
                        ? multiSlotCalls.run(
                                () -> runner.run(NewestOf.scan(wanted, scan.finished(), required)),
                                () -> findEach(wanted))
                        : findEach(wanted))
                .thenApply(found -> IntStream.range(0, wanted.size())
                        .mapToObj(i -> found.get(i).stream()
                                .map(member ->
                                        Entry.of(member, wanted.get(i).bucket().number()))
                                .toList())
                        .toList());
    }

    private CompletionStage<List<List<IndexMember>>> findEach(List<NewestOf> wanted) {
        return inWaves(wanted.stream()
                .map(each -> NewestOf.scan(List.of(each), scan.finished(), required))
                .toList());
    }

    /** Makes so many calls at once that the server can serve others in between. */
    private <R> CompletionStage<List<R>> inWaves(List<ScriptCall<List<R>>> calls) {
        List<R> replies = new ArrayList<>();
        int[] next = {0};
        return AsyncLoops.repeat(() -> {
                    int end = Math.min(calls.size(), next[0] + IndexScripts.BUCKETS_AT_ONCE);
                    List<ScriptCall<List<R>>> wave = calls.subList(next[0], end);
                    next[0] = end;
                    return runner.runAll(wave).thenApply(wanted -> {
                        wanted.forEach(replies::addAll);
                        return end < calls.size();
                    });
                })
                .thenApply(nothing -> replies);
    }

    private CompletionStage<SessionScan.Reply> read(List<Entry> newest) {
        if (newest.isEmpty()) {
            return CompletableFuture.completedStage(new SessionScan.Reply(List.of(), List.of(), null, null));
        }
        List<SessionScan.Item> items = new ArrayList<>();
        List<SessionScan.Unreadable> unreadable = new ArrayList<>();
        int[] next = {0};
        return AsyncLoops.repeat(() -> {
                    int end = Math.min(newest.size(), next[0] + BucketScan.BATCH);
                    List<BucketEntries> batch = byBucket(newest.subList(next[0], end));
                    next[0] = end;
                    return read(batch, items, unreadable).thenApply(nothing -> end < newest.size());
                })
                .thenApply(nothing -> {
                    items.sort(Comparator.comparing(
                            (SessionScan.Item item) -> ScanPosition.parse(item.cursor()), OLDEST_FIRST.reversed()));
                    Entry last = newest.get(newest.size() - 1);
                    return new SessionScan.Reply(
                            items,
                            unreadable,
                            newest.size() < scan.limit()
                                    ? null
                                    : last.position().cursor(),
                            scan.filter());
                });
    }

    private CompletionStage<Void> read(
            List<BucketEntries> batch, List<SessionScan.Item> items, List<SessionScan.Unreadable> unreadable) {
        return multiSlotCalls
                .run(
                        () -> runner.run(scripts.read(scan.finished(), batch)),
                        () -> inWaves(batch.stream()
                                .map(each -> scripts.read(scan.finished(), List.of(each)))
                                .toList()))
                .thenAccept(read -> {
                    for (Sessions each : read) {
                        items.addAll(each.there());
                        unreadable.addAll(each.unreadable());
                    }
                });
    }

    private List<BucketEntries> byBucket(List<Entry> entries) {
        Map<Integer, List<IndexMember>> members = new LinkedHashMap<>();
        entries.forEach(entry -> members.computeIfAbsent(entry.position().bucket(), number -> new ArrayList<>())
                .add(entry.member()));
        return members.entrySet().stream()
                .map(each -> new BucketEntries(scripts.bucket(scan.type(), each.getKey()), each.getValue(), false))
                .toList();
    }
}
