package io.sessiontracker.redis;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.sessiontracker.redis.ClaimedSessions.Claim;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ClaimScripts;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#sweep} that claims: finds the buckets where something is due, and claims in
 * several at once until as many are claimed as were asked for. It also visits buckets that other processes visited. Each
 * process begins at a random bucket, so that two seldom compete.
 */
final class BucketSweep {

    /** How many entries of a bucket are read at once. */
    private static final int MAX_DUE = 5000;

    private final ClaimScripts scripts;
    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final SessionSweep sweep;
    private final int first;
    private final ClaimedSessions claimed;
    /** Where more sessions had expired than were read: the first member that was. */
    private final Set<ByteBuffer> firstMembers = new HashSet<>();

    private List<Integer> open = List.of();
    private int atOnce = 1;
    private int position;

    private BucketSweep(
            ClaimScripts scripts, IndexScripts operations, ScriptRunner runner, int first, SessionSweep sweep) {
        this.scripts = scripts;
        this.operations = operations;
        this.runner = runner.ready();
        this.claimed = new ClaimedSessions(scripts, this.runner, sweep);
        this.first = first;
        this.sweep = sweep;
        String from = sweep.from();
        this.position = from == null ? 0 : Integer.parseInt(from);
    }

    /** Begins at that bucket; positions count from it. */
    static CompletionStage<SessionSweep.Reply> run(
            ClaimScripts scripts,
            IndexScripts operations,
            DueBuckets due,
            ScriptRunner runner,
            int first,
            SessionSweep sweep) {
        BucketSweep begun = new BucketSweep(scripts, operations, runner, first, sweep);
        if (begun.position >= SessionAddress.BUCKETS) {
            return begun.reply(null);
        }
        List<Bucket> buckets = IntStream.range(begun.position, SessionAddress.BUCKETS)
                .mapToObj(begun::bucket)
                .toList();
        return due.among(buckets, scripts, begun.runner)
                .thenCompose(begun::run)
                .handle((nothing, failure) -> begun.reply(failure))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Void> run(List<Integer> due) {
        int begin = position;
        open = due.stream().map(each -> begin + each).toList();
        return AsyncLoops.repeat(this::step);
    }

    private Bucket bucket(int at) {
        return operations.bucket(sweep.type(), (first + at) % SessionAddress.BUCKETS);
    }

    /** Handles one bucket at first, which often suffices, and then more at once. */
    private CompletionStage<Boolean> step() {
        if (open.isEmpty() || claimed.isFull()) {
            return CompletableFuture.completedFuture(false);
        }
        List<Integer> buckets = open.subList(0, Math.min(atOnce, open.size()));
        position = buckets.get(0);
        atOnce = Math.min(4 * atOnce, IndexScripts.BUCKETS_AT_ONCE);
        return found(buckets).thenCompose(found -> {
            List<Claim> claims = new ArrayList<>();
            for (int i = 0; i < buckets.size(); i++) {
                claims.addAll(Claim.of(buckets.get(i), bucket(buckets.get(i)), scripts.candidates(found.get(i))));
            }
            return claimed.claim(claims).thenApply(nothing -> {
                if (claims.isEmpty()) {
                    proceed(buckets, found);
                } else {
                    position = claims.get(0).position();
                }
                return true;
            });
        });
    }

    /** Proceeds to the next buckets, but first to those of these that have more, unless that begins with an entry that could not be claimed. */
    private void proceed(List<Integer> buckets, List<List<Due>> found) {
        List<Integer> next = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            if (found.get(i).stream().anyMatch(this::hasMore)) {
                next.add(buckets.get(i));
            }
        }
        position = next.isEmpty() ? buckets.get(buckets.size() - 1) + 1 : next.get(0);
        next.addAll(open.subList(buckets.size(), open.size()));
        open = next;
    }

    private boolean hasMore(Due due) {
        return due.members().size() == MAX_DUE
                && firstMembers.add(ByteBuffer.wrap(due.members().get(0)));
    }

    private CompletionStage<List<List<Due>>> found(List<Integer> buckets) {
        return runner.runAll(buckets.stream()
                .map(this::bucket)
                .map(bucket -> operations.due(bucket, scripts.sets(bucket), MAX_DUE))
                .toList());
    }

    /** Returns the claimed sessions even if something failed after: the next sweep meets that failure again. */
    private CompletionStage<SessionSweep.Reply> reply(@Nullable Throwable failure) {
        if (failure != null && claimed.isEmpty()) {
            return CompletableFuture.failedFuture(failure);
        }
        boolean more = failure != null || claimed.isFull();
        return CompletableFuture.completedFuture(claimed.reply(more, more ? Integer.toString(position) : null));
    }
}
