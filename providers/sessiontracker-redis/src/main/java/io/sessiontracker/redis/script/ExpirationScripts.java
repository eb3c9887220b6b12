package io.sessiontracker.redis.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;

/**
 * Describes the steps of a sweep as {@link ScriptCall}s: to claim expired sessions and to acknowledge their delivery, and to share the
 * repair of the indexes among processes.
 */
public final class ExpirationScripts implements ClaimScripts {

    private static final byte[] NOTHING = {};

    private final KeyLayout layout;

    public ExpirationScripts(KeyLayout layout) {
        this.layout = layout;
    }

    @Override
    public List<byte[]> sets(Bucket bucket) {
        return List.of(bucket.deadlines(false), bucket.awaitingDelivery());
    }

    @Override
    public List<Candidate> candidates(List<Due> due) {
        return Stream.concat(
                        due.get(0).members().stream().map(Candidate::ofEntry),
                        due.get(1).members().stream().map(Candidate::ofKey))
                .toList();
    }

    @Override
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
                LuaScript.CLAIM, bucket, keys, arguments, reply -> decode(new PackedReply(reply), candidates));
    }

    private static Claims decode(PackedReply claimed, List<Candidate> candidates) {
        Claims claims = new Claims();
        while (claimed.hasNext()) {
            String key = candidates.get((int) claimed.nextNumber() - 1).key();
            long deadline = claimed.nextNumber();
            int attempt = (int) claimed.nextNumber();
            claims.add(
                    key, attempt, claimed.next(), session -> new SessionSweep.Claimed(key, session, deadline, attempt));
        }
        return claims;
    }

    public ScriptCall<Boolean> acknowledgeExpired(SessionAddress address, String id) {
        return acknowledgeExpired(layout.bucket(address), address, List.of(new Claimed(address.key(), id)));
    }

    /** Acknowledges deliveries of sessions of that type, by one call for each bucket. */
    public List<ScriptCall<Boolean>> acknowledgeExpired(String type, Collection<SessionSweep.Claimed> delivered) {
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

        static Claimed of(SessionSweep.Claimed expired) {
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
}
