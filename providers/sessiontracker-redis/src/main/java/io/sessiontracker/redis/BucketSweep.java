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
import java.util.stream.Stream;

import io.sessiontracker.redis.client.IndexScripts;
import io.sessiontracker.redis.client.IndexScripts.Candidate;
import io.sessiontracker.redis.client.IndexScripts.Claims;
import io.sessiontracker.redis.client.IndexScripts.Due;
import io.sessiontracker.redis.client.KeyLayout.Bucket;
import io.sessiontracker.redis.client.ScriptCall;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link io.sessiontracker.spi.SessionDataProvider#sweep} that claims: finds the buckets with expired sessions, and claims in
 * several at once until as many sessions are claimed as were asked for. It also visits buckets that other processes visited. Each
 * process begins at a random bucket, so that two seldom compete.
 */
final class BucketSweep {

    /** How many candidates a script handles at most, so that the server can serve others in between: each may be several sessions. */
    private static final int BATCH = 25;
    /** How many entries of a bucket are read at once. */
    private static final int MAX_DUE = 5000;

    private final IndexScripts operations;
    private final ScriptRunner runner;
    private final SessionSweep sweep;
    private final int first;
    private final List<SessionSweep.Expired> claimed = new ArrayList<>();
    private final List<SessionSweep.Unreadable> unreadable = new ArrayList<>();
    /** Where more sessions had expired than were read: the first member that was. */
    private final Set<ByteBuffer> firstMembers = new HashSet<>();

    private List<Integer> open = List.of();
    private int atOnce = 1;
    private int position;

    private BucketSweep(IndexScripts operations, ScriptRunner runner, int first, SessionSweep sweep) {
        this.operations = operations;
        this.runner = runner.ready();
        this.first = first;
        this.sweep = sweep;
        String from = sweep.from();
        this.position = from == null ? 0 : Integer.parseInt(from);
    }

    /** Begins at that bucket; positions count from it. */
    static CompletionStage<SessionSweep.Reply> run(
            IndexScripts operations, DueBuckets due, ScriptRunner runner, int first, SessionSweep sweep) {
        BucketSweep claims = new BucketSweep(operations, runner, first, sweep);
        if (claims.position >= SessionAddress.BUCKETS) {
            return claims.reply(null);
        }
        List<Bucket> buckets = IntStream.range(claims.position, SessionAddress.BUCKETS)
                .mapToObj(claims::bucket)
                .toList();
        return due.among(buckets, claims.runner)
                .thenCompose(claims::run)
                .handle((nothing, failure) -> claims.reply(failure))
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

    private boolean isFull() {
        return claimed.size() + unreadable.size() >= sweep.claim();
    }

    /** Handles one bucket at first, which often suffices, and then more at once. */
    private CompletionStage<Boolean> step() {
        if (open.isEmpty() || isFull()) {
            return CompletableFuture.completedFuture(false);
        }
        List<Integer> buckets = open.subList(0, Math.min(atOnce, open.size()));
        position = buckets.get(0);
        atOnce = Math.min(4 * atOnce, IndexScripts.BUCKETS_AT_ONCE);
        return found(buckets).thenCompose(found -> {
            List<Claim> claims = claims(buckets, found);
            return AsyncLoops.repeat(() -> claimSome(claims)).thenApply(nothing -> {
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

    /** Candidates of a bucket. */
    private record Claim(int position, List<Candidate> candidates) {}

    private CompletionStage<List<List<Due>>> found(List<Integer> buckets) {
        return runner.runAll(buckets.stream()
                .map(this::bucket)
                .map(bucket ->
                        operations.due(bucket, List.of(bucket.deadlines(false), bucket.awaitingDelivery()), MAX_DUE))
                .toList());
    }

    private static List<Claim> claims(List<Integer> buckets, List<List<Due>> found) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < buckets.size(); i++) {
            addClaims(claims, buckets.get(i), candidates(found.get(i)));
        }
        return claims;
    }

    private static List<Candidate> candidates(List<Due> due) {
        return Stream.concat(
                        due.get(0).members().stream().map(Candidate::ofEntry),
                        due.get(1).members().stream().map(Candidate::ofAwaiting))
                .toList();
    }

    private static void addClaims(List<Claim> claims, int position, List<Candidate> candidates) {
        for (int from = 0; from < candidates.size(); from += BATCH) {
            int to = Math.min(candidates.size(), from + BATCH);
            claims.add(new Claim(position, candidates.subList(from, to)));
        }
    }

    /**
     * Runs as many claims at once as fit if each candidate is one session; together they claim no more than was asked for. If a
     * candidate is several sessions, the rest is claimed next. Sessions that some calls claimed are kept when others fail.
     */
    private CompletionStage<Boolean> claimSome(List<Claim> claims) {
        List<Integer> limits = new ArrayList<>();
        List<ScriptCall<Claims>> operations = new ArrayList<>();
        int room = sweep.claim() - claimed.size() - unreadable.size();
        for (int i = 0; room > 0 && i < Math.min(IndexScripts.BUCKETS_AT_ONCE, claims.size()); i++) {
            Claim claim = claims.get(i);
            // One more than it should take: a claim that reaches its limit may not be complete.
            int limit = Math.min(room, claim.candidates().size() + 1);
            limits.add(limit);
            operations.add(
                    this.operations.claim(bucket(claim.position()), claim.candidates(), sweep.leaseMillis(), limit));
            room -= limit;
        }
        return AsyncLoops.settle(runner.runEach(operations)).thenCompose(outcomes -> {
            for (int i = outcomes.size() - 1; i >= 0; i--) {
                Claims each = outcomes.get(i).value();
                if (each != null && add(each) < limits.get(i)) {
                    claims.remove(i);
                }
            }
            Throwable failure = AsyncLoops.firstFailure(outcomes);
            return failure != null
                    ? CompletableFuture.failedFuture(failure)
                    : CompletableFuture.completedFuture(!claims.isEmpty() && !isFull());
        });
    }

    private int add(Claims claims) {
        claimed.addAll(claims.expired());
        unreadable.addAll(claims.unreadable());
        return claims.expired().size() + claims.unreadable().size();
    }

    /** Returns the claimed sessions even if something failed after: the next sweep meets that failure again. */
    private CompletionStage<SessionSweep.Reply> reply(@Nullable Throwable failure) {
        if (failure != null && claimed.isEmpty() && unreadable.isEmpty()) {
            return CompletableFuture.failedFuture(failure);
        }
        boolean more = failure != null || isFull();
        return CompletableFuture.completedFuture(
                new SessionSweep.Reply(claimed, unreadable, more, more ? Integer.toString(position) : null));
    }
}
