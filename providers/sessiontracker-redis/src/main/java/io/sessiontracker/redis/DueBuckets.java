package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ExpirationScripts;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.redis.script.ScriptCall;

/** Finds the buckets that may have expired sessions. One call covers many buckets, where the server allows that. */
final class DueBuckets {

    private static final int BUCKETS_PER_CALL = 64;

    private final ExpirationScripts operations;
    private final MultiSlotCalls multiSlotCalls;

    DueBuckets(ExpirationScripts operations, MultiSlotCalls multiSlotCalls) {
        this.operations = operations;
        this.multiSlotCalls = multiSlotCalls;
    }

    /** Returns their positions in the list. */
    CompletionStage<List<Integer>> among(List<Bucket> buckets, ScriptRunner runner) {
        return multiSlotCalls.run(() -> among(buckets, BUCKETS_PER_CALL, runner), () -> among(buckets, 1, runner));
    }

    private CompletionStage<List<Integer>> among(List<Bucket> buckets, int ofACall, ScriptRunner runner) {
        List<ScriptCall<List<Integer>>> calls = new ArrayList<>();
        for (int from = 0; from < buckets.size(); from += ofACall) {
            calls.add(operations.dueBuckets(buckets.subList(from, Math.min(buckets.size(), from + ofACall))));
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
