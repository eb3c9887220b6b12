package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ClaimScripts;
import io.sessiontracker.redis.script.ClaimScripts.Candidate;
import io.sessiontracker.redis.script.ClaimScripts.Claims;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/** What one {@link BucketSweep} claims, from several buckets at once; never more than were asked for. */
final class ClaimedSessions {

    /** How many candidates a script handles at most, so that the server can serve others in between: each may be several sessions. */
    private static final int BATCH = 25;

    private final ClaimScripts scripts;
    private final ScriptRunner runner;
    private final SessionSweep sweep;
    private final List<SessionSweep.Claimed> claimed = new ArrayList<>();
    private final List<SessionSweep.Unreadable> unreadable = new ArrayList<>();

    ClaimedSessions(ClaimScripts scripts, ScriptRunner runner, SessionSweep sweep) {
        this.scripts = scripts;
        this.runner = runner;
        this.sweep = sweep;
    }

    /**
     * Candidates of a bucket.
     *
     * @param position the bucket's, in the sweep
     */
    record Claim(int position, Bucket bucket, List<Candidate> candidates) {

        /** Returns claims of a bucket's candidates. */
        static List<Claim> of(int position, Bucket bucket, List<Candidate> candidates) {
            List<Claim> claims = new ArrayList<>();
            for (int from = 0; from < candidates.size(); from += BATCH) {
                int to = Math.min(candidates.size(), from + BATCH);
                claims.add(new Claim(position, bucket, candidates.subList(from, to)));
            }
            return claims;
        }
    }

    boolean isEmpty() {
        return size() == 0;
    }

    boolean isFull() {
        return size() >= sweep.claim();
    }

    private int size() {
        return claimed.size() + unreadable.size();
    }

    /** Makes these claims until there are enough sessions, and removes from the list those that are complete. */
    CompletionStage<@Nullable Void> claim(List<Claim> claims) {
        return AsyncLoops.repeat(() -> claimSome(claims));
    }

    /**
     * Runs as many claims at once as fit if each candidate is one session; together they claim no more than was asked for. If a
     * candidate is several sessions, the rest is claimed next. Sessions that some calls claimed are kept when others fail.
     */
    private CompletionStage<Boolean> claimSome(List<Claim> claims) {
        List<Integer> limits = new ArrayList<>();
        List<ScriptCall<Claims>> calls = new ArrayList<>();
        int room = sweep.claim() - size();
        for (int i = 0; room > 0 && i < Math.min(IndexScripts.BUCKETS_AT_ONCE, claims.size()); i++) {
            Claim claim = claims.get(i);
            // One more than it should take: a claim that reaches its limit may not be complete.
            int limit = Math.min(room, claim.candidates().size() + 1);
            limits.add(limit);
            calls.add(scripts.claim(claim.bucket(), claim.candidates(), sweep.leaseMillis(), limit));
            room -= limit;
        }
        return AsyncLoops.settle(runner.runEach(calls)).thenCompose(outcomes -> {
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
        claimed.addAll(claims.claimed());
        unreadable.addAll(claims.unreadable());
        return claims.size();
    }

    SessionSweep.Reply reply(boolean more, @Nullable String next) {
        return new SessionSweep.Reply(claimed, unreadable, more, next);
    }
}
