package io.sessiontracker.redis.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.sessiontracker.redis.client.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import org.jspecify.annotations.Nullable;

/**
 * Describes the steps of the calls on many sessions as {@link ScriptCall}s. Which sessions there are is known from an
 * index only, but a script may touch declared keys only: so each call first asks the index, then the sessions.
 */
public final class IndexScripts {

    /** How many buckets are asked at once: their replies are awaited together, and the server can serve others in between. */
    public static final int BUCKETS_AT_ONCE = 32;

    private static final byte[] NOTHING = {};

    private final KeyLayout layout;

    public IndexScripts(KeyLayout layout) {
        this.layout = layout;
    }

    public Bucket bucket(String type, int number) {
        return layout.bucket(type, number);
    }

    /** The next places in order, at most that many. */
    public ScriptCall<Found> page(
            Bucket bucket, boolean finished, @Nullable IndexEntry after, int limit, List<SessionScan.Clause> clauses) {
        List<byte[]> keys = List.of(bucket.walk(finished), bucket.properties(finished));
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(after == null ? NOTHING : after.bytes());
        arguments.add(ScriptArguments.decimal(limit));
        for (SessionScan.Clause clause : clauses) {
            arguments.add(StoredProperties.name(clause.property()));
            arguments.add(ScriptArguments.decimal(clause.values().size()));
            clause.values().forEach(value -> arguments.add(StoredProperties.present(clause.property(), value)));
        }
        return new ScriptCall<>(
                LuaScript.SCAN_BUCKET, bucket, keys, arguments, reply -> Found.of(new PackedReply(reply), limit));
    }

    /**
     * What a bucket has of what is looked for.
     *
     * @param members how many it has in all, before and after these
     */
    public record Found(long members, List<IndexEntry> places) {

        private static Found of(PackedReply reply, int limit) {
            long members = reply.nextNumber();
            List<IndexEntry> places = new ArrayList<>();
            while (reply.hasNext()) {
                places.add(new IndexEntry(reply.next()));
            }
            return new Found(members, places.stream().sorted().limit(limit).toList());
        }
    }

    /** The sessions at these places. */
    public ScriptCall<Sessions> read(Bucket bucket, boolean finished, List<IndexEntry> places) {
        List<byte[]> keys = places.stream()
                .map(place -> bucket.session(finished, place.key()))
                .toList();
        List<byte[]> arguments = places.stream().map(IndexEntry::start).toList();
        return new ScriptCall<>(
                LuaScript.READ, bucket, keys, arguments, reply -> Sessions.of(new PackedReply(reply), bucket, places));
    }

    /**
     * What is at some places.
     *
     * @param gone at how many of them nothing is any more
     */
    public record Sessions(List<SessionScan.Item> there, List<SessionScan.Unreadable> unreadable, int gone) {

        private static Sessions of(PackedReply reply, Bucket bucket, List<IndexEntry> places) {
            List<SessionScan.Item> there = new ArrayList<>();
            List<SessionScan.Unreadable> unreadable = new ArrayList<>();
            for (IndexEntry place : places) {
                byte[] value = reply.next();
                if (value.length > 0) {
                    try {
                        there.add(new SessionScan.Item(
                                place.key(),
                                StoredFormat.decode(value),
                                place.position(bucket.number()).cursor()));
                    } catch (IllegalArgumentException failure) {
                        unreadable.add(new SessionScan.Unreadable(place.key(), failure));
                    }
                }
            }
            return new Sessions(there, unreadable, places.size() - there.size() - unreadable.size());
        }
    }

    /** In which of these something may be due, by their position; a server that is a Cluster takes one at a time. */
    public ScriptCall<List<Integer>> dueBuckets(List<Bucket> buckets) {
        List<byte[]> keys = buckets.stream()
                .flatMap(bucket -> Stream.of(bucket.deadlines(false), bucket.untold()))
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

    /** What is due in each of the sets. */
    public ScriptCall<List<Due>> due(Bucket bucket, List<byte[]> keys, long limit) {
        return new ScriptCall<>(LuaScript.DUE, bucket, keys, List.of(ScriptArguments.decimal(limit)), reply -> {
            PackedReply packed = new PackedReply(reply);
            return keys.stream().map(key -> Due.of(packed)).toList();
        });
    }

    /** How many of these entries' sessions live. */
    public ScriptCall<Long> tidy(Bucket bucket, boolean finished, List<byte[]> entries) {
        List<byte[]> keys = new ArrayList<>(bucket.index(finished));
        entries.forEach(entry ->
                keys.add(bucket.session(finished, IndexEntry.ofEntry(entry).key())));
        return new ScriptCall<>(
                LuaScript.REPAIR_INDEX, bucket, keys, entries, reply -> ScriptReplies.decimals(reply, 0));
    }

    /**
     * Lets the keys of an index agree, as far as they tell by themselves.
     *
     * @param begin tells where the stretch begins that is looked at
     * @param thorough whether to answer also what seems right
     */
    public ScriptCall<Stretch> rebuildIndex(Bucket bucket, boolean finished, int length, int begin, boolean thorough) {
        List<byte[]> arguments = List.of(
                ScriptArguments.decimal(length), ScriptArguments.decimal(begin), ScriptArguments.flag(thorough));
        return new ScriptCall<>(LuaScript.REBUILD_INDEX, bucket, bucket.index(finished), arguments, reply -> {
            PackedReply packed = new PackedReply(reply);
            Stretch stretch = new Stretch(new ArrayList<>(), new ArrayList<>());
            for (long entries = packed.nextNumber(); entries > 0; entries--) {
                stretch.entries.add(packed.next());
            }
            while (packed.hasNext()) {
                stretch.places.add(new IndexEntry(packed.next()));
            }
            return stretch;
        });
    }

    /** What is to be compared with its sessions: entries among the deadlines, and places. */
    public record Stretch(List<byte[]> entries, List<IndexEntry> places) {}

    /** Adds the sessions at these places to the deadlines where they lack them, and removes the places of those that are gone. */
    public ScriptCall<Boolean> rebuildEntries(Bucket bucket, boolean finished, List<IndexEntry> places) {
        List<byte[]> keys = new ArrayList<>(bucket.index(finished));
        places.forEach(place -> keys.add(bucket.session(finished, place.key())));
        List<byte[]> arguments = places.stream().map(IndexEntry::bytes).toList();
        return new ScriptCall<>(LuaScript.REBUILD_ENTRIES, bucket, keys, arguments, reply -> true);
    }

    public ScriptCall<Claims> claim(Bucket bucket, List<Candidate> candidates, long leaseMillis, int limit) {
        List<byte[]> keys = new ArrayList<>(bucket.index(false));
        keys.add(bucket.untold());
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.decimal(leaseMillis));
        arguments.add(ScriptArguments.decimal(limit));
        for (Candidate candidate : candidates) {
            keys.add(bucket.session(false, candidate.key()));
            keys.add(bucket.shelf(candidate.key()));
            arguments.add(candidate.entry());
        }
        return new ScriptCall<>(
                LuaScript.CLAIM, bucket, keys, arguments, reply -> Claims.of(new PackedReply(reply), candidates));
    }

    /** What was claimed, and what cannot be read. */
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

    /** Ends the claims of sessions of that bucket. */
    public ScriptCall<Boolean> acknowledgeExpired(Bucket bucket, List<Claimed> claimed) {
        return acknowledgeExpired(bucket, bucket, claimed);
    }

    private static ScriptCall<Boolean> acknowledgeExpired(Bucket bucket, Object subject, List<Claimed> claimed) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        keys.add(bucket.untold());
        for (Claimed each : claimed) {
            keys.add(bucket.shelf(each.key()));
            arguments.add(ScriptArguments.decodeId(each.id()));
            arguments.add(ScriptArguments.text(each.key()));
        }
        return new ScriptCall<>(LuaScript.ACK_EXPIRED, subject, keys, arguments, reply -> true);
    }

    /** A session that was claimed. */
    public record Claimed(String key, String id) {}

    /** Which parts of the type nobody else sweeps now, and tells when those that were swept are worth a look again. */
    public ScriptCall<List<Integer>> share(String type, long shareMillis, int limit, int parts, List<SweptPart> swept) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.decimal(shareMillis));
        arguments.add(ScriptArguments.decimal(limit));
        arguments.add(ScriptArguments.decimal(parts));
        for (SweptPart part : swept) {
            arguments.add(ScriptArguments.decimal(part.part()));
            arguments.add(part.again() == Due.NONE ? NOTHING : ScriptArguments.decimal(part.again()));
        }
        return new ScriptCall<>(
                LuaScript.CLAIM_PARTITIONS, type, List.of(layout.sweptParts(type)), arguments, reply -> {
                    List<Integer> taken = new ArrayList<>();
                    PackedReply packed = new PackedReply(reply);
                    while (packed.hasNext()) {
                        taken.add((int) packed.nextNumber());
                    }
                    return taken;
                });
    }

    /**
     * What is due in a set.
     *
     * @param later how many of its members are not
     * @param next when the first of these is; {@link #NONE} if none ever is
     */
    public record Due(long later, long next, List<byte[]> members) {

        public static final long NONE = Long.MAX_VALUE;

        private static Due of(PackedReply reply) {
            long later = reply.nextNumber();
            String next = reply.nextText();
            boolean never = next.isEmpty() || next.equals("inf");
            long size = reply.nextNumber();
            List<byte[]> members = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                members.add(reply.next());
            }
            return new Due(later, never ? NONE : (long) Double.parseDouble(next), members);
        }
    }

    /**
     * What may be claimed.
     *
     * @param entry the key's entry among the deadlines, or empty if only its shelf is meant
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Candidate(String key, byte[] entry) {

        public static Candidate ofEntry(byte[] entry) {
            return new Candidate(IndexEntry.ofEntry(entry).key(), entry);
        }

        public static Candidate ofShelf(byte[] key) {
            return new Candidate(new String(key, StandardCharsets.UTF_8), NOTHING);
        }
    }

    /**
     * A part that was swept.
     *
     * @param again when it is worth a look again; 0 for at once
     */
    public record SweptPart(int part, long again) {}
}
