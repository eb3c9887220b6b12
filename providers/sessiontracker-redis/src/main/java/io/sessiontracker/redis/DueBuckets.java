package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ClaimScripts;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;

/** Finds the buckets that may have something to claim. One call covers many buckets, where the server allows that. */
final class DueBuckets {

    private static final int BUCKETS_PER_CALL = 64;

    private final MultiSlotCalls multiSlotCalls;

    DueBuckets(MultiSlotCalls multiSlotCalls) {
        this.multiSlotCalls = multiSlotCalls;
    }

    /** Returns their positions in the list. */
    CompletionStage<List<Integer>> among(List<Bucket> buckets, ClaimScripts scripts, ScriptRunner runner) {
        return multiSlotCalls.run(
                () -> among(buckets, BUCKETS_PER_CALL, scripts, runner), () -> among(buckets, 1, scripts, runner));
    }

    private static CompletionStage<List<Integer>> among(
            List<Bucket> buckets, int ofACall, ClaimScripts scripts, ScriptRunner runner) {
        List<ScriptCall<List<Integer>>> calls = new ArrayList<>();
        for (int from = 0; from < buckets.size(); from += ofACall) {
            calls.add(scripts.dueBuckets(buckets.subList(from, Math.min(buckets.size(), from + ofACall))));
        }
        return runner.runAll(calls).thenApply(found -> {
            List<Integer> due = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                for (int each : found.get(i)) {
                    due.add(i * ofACall + each);
                }
            }
            return due;
        });
    }
}
