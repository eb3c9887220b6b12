package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoredSession;

/** Describes the steps of a sweep that claims what is due: to find buckets with candidates, and to claim these. */
public interface ClaimScripts {

    /** Returns the sorted sets of a bucket whose members are candidates once their score has passed. */
    List<byte[]> sets(Bucket bucket);

    /** Returns the members that were found in each of the sets. */
    List<Candidate> candidates(List<Due> due);

    /** Claims so many at the most. */
    ScriptCall<Claims> claim(Bucket bucket, List<Candidate> candidates, long leaseMillis, int limit);

    /** Finds the buckets that may have candidates, by position; a Cluster accepts one bucket at a time. */
    default ScriptCall<List<Integer>> dueBuckets(List<Bucket> buckets) {
        List<byte[]> keys =
                buckets.stream().flatMap(bucket -> sets(bucket).stream()).toList();
        int setsEach = keys.size() / buckets.size();
        return new ScriptCall<>(LuaScript.DUE_SETS, buckets.get(0), keys, List.of(), reply -> {
            SortedSet<Integer> due = new TreeSet<>();
            PackedReply sets = new PackedReply(reply);
            while (sets.hasNext()) {
                due.add((int) (sets.nextNumber() - 1) / setsEach);
            }
            return List.copyOf(due);
        });
    }

    /** What was claimed, and sessions that are unreadable. */
    record Claims(List<SessionSweep.Claimed> claimed, List<SessionSweep.Unreadable> unreadable) {

        Claims() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        /** Adds a claim, if its session can be read. */
        void add(String key, int attempt, byte[] value, Function<StoredSession, SessionSweep.Claimed> claim) {
            try {
                claimed.add(claim.apply(StoredFormat.decode(value)));
            } catch (IllegalArgumentException broken) {
                unreadable.add(new SessionSweep.Unreadable(key, attempt, broken));
            }
        }

        public int size() {
            return claimed.size() + unreadable.size();
        }
    }

    /**
     * A key whose sessions or reminders may be claimed.
     *
     * @param entry the key's deadline entry, or empty to claim only sessions set aside before, or reminders
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Candidate(String key, byte[] entry) {

        public static Candidate ofEntry(byte[] entry) {
            return new Candidate(IndexMember.ofEntry(entry).key(), entry);
        }

        public static Candidate ofKey(byte[] key) {
            return new Candidate(new String(key, StandardCharsets.UTF_8), new byte[0]);
        }
    }
}
