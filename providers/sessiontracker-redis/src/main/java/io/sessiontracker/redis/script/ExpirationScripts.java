package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;

/**
 * Describes the steps of a sweep as {@link ScriptCall}s: to find buckets with expired sessions, to claim these and to acknowledge their
 * delivery, and to share the repair of the indexes among processes.
 */
public final class ExpirationScripts {

    private static final byte[] NOTHING = {};

    private final KeyLayout layout;

    public ExpirationScripts(KeyLayout layout) {
        this.layout = layout;
    }

    /** Finds the buckets that may have expired sessions, by position; a Cluster accepts one bucket at a time. */
    public ScriptCall<List<Integer>> dueBuckets(List<Bucket> buckets) {
        List<byte[]> keys = buckets.stream()
                .flatMap(bucket -> Stream.of(bucket.deadlines(false), bucket.awaitingDelivery()))
                .toList();
        return new ScriptCall<>(LuaScript.DUE_SETS, buckets.get(0), keys, List.of(), reply -> {
            SortedSet<Integer> due = new TreeSet<>();
            PackedReply sets = new PackedReply(reply);
            while (sets.hasNext()) {
                due.add((int) (sets.nextNumber() - 1) / 2);
            }
            return List.copyOf(due);
        });
    }

    public ScriptCall<Claims> claim(Bucket bucket, List<Candidate> candidates, long leaseMillis, int limit) {
        List<byte[]> keys = new ArrayList<>(bucket.index(false));
        keys.add(bucket.awaitingDelivery());
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.decimal(leaseMillis));
        arguments.add(ScriptArguments.decimal(limit));
        for (Candidate candidate : candidates) {
            keys.add(bucket.session(false, candidate.key()));
            keys.add(bucket.expiredSessions(candidate.key()));
            arguments.add(candidate.entry());
        }
        return new ScriptCall<>(
                LuaScript.CLAIM, bucket, keys, arguments, reply -> Claims.of(new PackedReply(reply), candidates));
    }

    /** Claimed sessions, and unreadable ones. */
    public record Claims(List<SessionSweep.Expired> expired, List<SessionSweep.Unreadable> unreadable) {

        private static Claims of(PackedReply claimed, List<Candidate> candidates) {
            Claims claims = new Claims(new ArrayList<>(), new ArrayList<>());
            while (claimed.hasNext()) {
                String key = candidates.get((int) claimed.nextNumber() - 1).key();
                long deadline = claimed.nextNumber();
                int attempt = (int) claimed.nextNumber();
                byte[] value = claimed.next();
                try {
                    claims.expired.add(new SessionSweep.Expired(key, StoredFormat.decode(value), deadline, attempt));
                } catch (IllegalArgumentException unreadable) {
                    claims.unreadable.add(new SessionSweep.Unreadable(key, attempt, unreadable));
                }
            }
            return claims;
        }
    }

    public ScriptCall<Boolean> acknowledgeExpired(SessionAddress address, String id) {
        return acknowledgeExpired(layout.bucket(address), address, List.of(new Claimed(address.key(), id)));
    }

    /** Acknowledges deliveries of sessions of that type, by one call for each bucket. */
    public List<ScriptCall<Boolean>> acknowledgeExpired(String type, Collection<SessionSweep.Expired> delivered) {
        return delivered.stream()
                .collect(Collectors.groupingBy(expired -> new SessionAddress(type, expired.key()).bucket()))
                .entrySet()
                .stream()
                .map(entry -> {
                    Bucket bucket = layout.bucket(type, entry.getKey());
                    return acknowledgeExpired(
                            bucket,
                            bucket,
                            entry.getValue().stream().map(Claimed::of).toList());
                })
                .toList();
    }

    private static ScriptCall<Boolean> acknowledgeExpired(Bucket bucket, Object subject, List<Claimed> claimed) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        keys.add(bucket.awaitingDelivery());
        for (Claimed each : claimed) {
            keys.add(bucket.expiredSessions(each.key()));
            arguments.add(ScriptArguments.decodeId(each.id()));
            arguments.add(ScriptArguments.text(each.key()));
        }
        return new ScriptCall<>(LuaScript.ACK_EXPIRED, subject, keys, arguments, reply -> true);
    }

    /** A session that was claimed: its key and its id. */
    private record Claimed(String key, String id) {

        static Claimed of(SessionSweep.Expired expired) {
            return new Claimed(expired.key(), expired.session().version().id());
        }
    }

    /** Claims partitions of a type, and records when the swept ones may be swept again. */
    public ScriptCall<List<Integer>> claimPartitions(
            String type, long shareMillis, int limit, int parts, List<SweptPartition> swept) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.decimal(shareMillis));
        arguments.add(ScriptArguments.decimal(limit));
        arguments.add(ScriptArguments.decimal(parts));
        for (SweptPartition part : swept) {
            arguments.add(ScriptArguments.decimal(part.part()));
            arguments.add(part.again() == Due.NONE ? NOTHING : ScriptArguments.decimal(part.again()));
        }
        return new ScriptCall<>(
                LuaScript.CLAIM_PARTITIONS, type, List.of(layout.partitions(type)), arguments, reply -> {
                    List<Integer> taken = new ArrayList<>();
                    PackedReply packed = new PackedReply(reply);
                    while (packed.hasNext()) {
                        taken.add((int) packed.nextNumber());
                    }
                    return taken;
                });
    }

    /**
     * A partition that was swept.
     *
     * @param part the partition's number
     * @param again when to sweep it again; 0 for at once
     */
    public record SweptPartition(int part, long again) {}

    /**
     * A key whose sessions may be claimed.
     *
     * @param entry the key's deadline entry, or empty to claim only sessions set aside before
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Candidate(String key, byte[] entry) {

        public static Candidate ofEntry(byte[] entry) {
            return new Candidate(IndexMember.ofEntry(entry).key(), entry);
        }

        public static Candidate ofAwaiting(byte[] key) {
            return new Candidate(new String(key, StandardCharsets.UTF_8), NOTHING);
        }
    }
}
