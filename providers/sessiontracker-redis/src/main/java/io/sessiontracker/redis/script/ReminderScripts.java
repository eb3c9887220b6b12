package io.sessiontracker.redis.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.sessiontracker.redis.script.IndexScripts.Due;
import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoredSession;

/** Describes the steps of a sweep as {@link ScriptCall}s: to claim reminders, and to acknowledge their delivery. */
public final class ReminderScripts implements ClaimScripts {

    private final KeyLayout layout;

    public ReminderScripts(KeyLayout layout) {
        this.layout = layout;
    }

    @Override
    public List<byte[]> sets(Bucket bucket) {
        return List.of(bucket.reminderTimes());
    }

    @Override
    public List<Candidate> candidates(List<Due> due) {
        return due.get(0).members().stream().map(Candidate::ofKey).toList();
    }

    @Override
    public ScriptCall<Claims> claim(Bucket bucket, List<Candidate> candidates, long leaseMillis, int limit) {
        List<byte[]> keys = new ArrayList<>(sets(bucket));
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.decimal(leaseMillis));
        arguments.add(ScriptArguments.decimal(limit));
        for (Candidate candidate : candidates) {
            keys.add(bucket.session(false, candidate.key()));
            keys.add(bucket.reminders(candidate.key()));
            arguments.add(ScriptArguments.text(candidate.key()));
        }
        return new ScriptCall<>(
                LuaScript.CLAIM_REMINDERS,
                bucket,
                keys,
                arguments,
                reply -> decode(new PackedReply(reply), candidates));
    }

    private static Claims decode(PackedReply claimed, List<Candidate> candidates) {
        Claims claims = new Claims();
        while (claimed.hasNext()) {
            String key = candidates.get((int) claimed.nextNumber() - 1).key();
            String name = claimed.nextText();
            long dueAt = claimed.nextNumber();
            int attempt = (int) claimed.nextNumber();
            long deadline = claimed.nextNumber();
            claims.add(
                    key,
                    attempt,
                    claimed.next(),
                    session -> new SessionSweep.Claimed(
                            key,
                            session.withExpiresAt(deadline == 0 ? StoredSession.NEVER : deadline),
                            dueAt,
                            attempt,
                            name));
        }
        return claims;
    }

    /** Acknowledges deliveries of reminders of that type, by one call for each bucket. */
    public List<ScriptCall<Boolean>> acknowledge(String type, Collection<SessionSweep.Claimed> delivered) {
        return delivered.stream()
                .collect(Collectors.groupingBy(each -> new SessionAddress(type, each.key()).bucket()))
                .entrySet()
                .stream()
                .map(entry -> acknowledge(layout.bucket(type, entry.getKey()), entry.getValue()))
                .toList();
    }

    private static ScriptCall<Boolean> acknowledge(Bucket bucket, List<SessionSweep.Claimed> delivered) {
        List<byte[]> keys = new ArrayList<>(List.of(bucket.reminderTimes()));
        List<byte[]> arguments = new ArrayList<>();
        for (SessionSweep.Claimed each : delivered) {
            keys.add(bucket.reminders(each.key()));
            arguments.add(
                    ScriptArguments.text(Objects.requireNonNull(each.reminder(), "An expired session is no reminder")));
            arguments.add(ScriptArguments.decimal(each.dueAt()));
            arguments.add(ScriptArguments.decodeId(each.session().version().id()));
            arguments.add(ScriptArguments.text(each.key()));
        }
        return new ScriptCall<>(LuaScript.ACK_REMINDERS, bucket, keys, arguments, reply -> true);
    }
}
