package io.sessiontracker.redis.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.SessionScan;
import org.jspecify.annotations.Nullable;

/**
 * Describes the steps of calls on many sessions as {@link ScriptCall}s. Only an index knows the sessions of a bucket, but a script may
 * access declared keys only: so a call first asks the index, then the sessions.
 */
public final class IndexScripts {

    /** How many buckets are asked at once: their replies are awaited together, and the server can serve others in between. */
    public static final int BUCKETS_AT_ONCE = 32;

    static final byte[] NOTHING = {};

    private final KeyLayout layout;

    public IndexScripts(KeyLayout layout) {
        this.layout = layout;
    }

    public Bucket bucket(String type, int number) {
        return layout.bucket(type, number);
    }

    /**
     * Finds the next entries in order, until there are enough.
     *
     * @param buckets which to scan, in order; several only where the server is no Cluster
     * @param after the entry of the first bucket to continue after
     * @param limit how many entries of all buckets together
     * @param required properties with the values that a wanted session has one of; the script may use one of them
     */
    public ScriptCall<Found> scanBuckets(
            List<Bucket> buckets,
            boolean finished,
            @Nullable IndexMember after,
            int limit,
            Map<String, Set<String>> required) {
        List<byte[]> keys = scanned(buckets, finished);
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(after == null ? NOTHING : after.bytes());
        arguments.add(ScriptArguments.decimal(limit));
        addClauses(arguments, required);
        return new ScriptCall<>(
                LuaScript.SCAN_BUCKETS,
                buckets.get(0),
                keys,
                arguments,
                reply -> Found.of(new PackedReply(reply), buckets, limit));
    }

    static List<byte[]> scanned(List<Bucket> buckets, boolean finished) {
        List<byte[]> keys = new ArrayList<>(2 * buckets.size());
        for (Bucket bucket : buckets) {
            keys.add(bucket.byStart(finished));
            keys.add(bucket.properties(finished));
        }
        return keys;
    }

    static void addClauses(List<byte[]> arguments, Map<String, Set<String>> required) {
        required.forEach((property, values) -> {
            arguments.add(StoredProperties.name(property));
            arguments.add(ScriptArguments.decimal(values.size()));
            values.forEach(value -> arguments.add(StoredProperties.present(property, value)));
        });
    }

    /**
     * The entries of some buckets that match.
     *
     * @param scanned how many of the buckets were scanned; there are enough entries if it is not all
     * @param members how many match in these, before and after the entries
     * @param entries those of each bucket that has some
     */
    public record Found(int scanned, long members, List<BucketEntries> entries) {

        private static Found of(PackedReply reply, List<Bucket> buckets, int limit) {
            int scanned = (int) reply.nextNumber();
            long members = reply.nextNumber();
            List<BucketEntries> found = new ArrayList<>();
            int open = limit;
            while (reply.hasNext()) {
                Bucket bucket = buckets.get((int) reply.nextNumber());
                List<IndexMember> entries = Stream.generate(() -> new IndexMember(reply.next()))
                        .limit(reply.nextNumber())
                        .sorted()
                        .limit(open)
                        .toList();
                found.add(new BucketEntries(bucket, entries, entries.size() < open));
                open -= entries.size();
            }
            return new Found(scanned, members, found);
        }
    }

    /**
     * Some entries of a bucket.
     *
     * @param isLast whether the bucket has none after these
     */
    public record BucketEntries(Bucket bucket, List<IndexMember> entries, boolean isLast) {

        /** Returns the first of these. */
        public BucketEntries first(int count) {
            return count >= entries.size() ? this : new BucketEntries(bucket, entries.subList(0, count), false);
        }

        /** Returns the last of these, of which there must be some. */
        public IndexMember last() {
            return entries.get(entries.size() - 1);
        }
    }

    /** Reads the sessions of these entries, those of several buckets only where the server is no Cluster. */
    public ScriptCall<List<Sessions>> read(boolean finished, List<BucketEntries> all) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>();
        for (BucketEntries each : all) {
            for (IndexMember entry : each.entries()) {
                keys.add(each.bucket().session(finished, entry.key()));
                arguments.add(entry.start());
            }
        }
        return new ScriptCall<>(LuaScript.READ, all.get(0).bucket(), keys, arguments, reply -> {
            PackedReply packed = new PackedReply(reply);
            return all.stream().map(each -> Sessions.of(packed, each)).toList();
        });
    }

    /**
     * The sessions of some entries of a bucket.
     *
     * @param gone number of entries whose session no longer exists
     */
    public record Sessions(List<SessionScan.Item> there, List<SessionScan.Unreadable> unreadable, int gone) {

        private static Sessions of(PackedReply reply, BucketEntries entries) {
            List<SessionScan.Item> there = new ArrayList<>();
            List<SessionScan.Unreadable> unreadable = new ArrayList<>();
            for (IndexMember entry : entries.entries()) {
                byte[] value = reply.next();
                if (value.length > 0) {
                    try {
                        there.add(new SessionScan.Item(
                                entry.key(),
                                StoredFormat.decode(ScriptReplies.withoutDeadline(value))
                                        .withExpiresAt(ScriptReplies.deadline(value)),
                                entry.position(entries.bucket().number()).cursor()));
                    } catch (IllegalArgumentException failure) {
                        unreadable.add(new SessionScan.Unreadable(entry.key(), failure));
                    }
                }
            }
            return new Sessions(there, unreadable, entries.entries().size() - there.size() - unreadable.size());
        }
    }

    /**
     * Counts the deadline entries of several buckets, of a server that is no Cluster.
     *
     * @param limit how many entries whose score has passed are returned at most
     */
    public ScriptCall<Counted> countBuckets(List<Bucket> buckets, boolean finished, int limit) {
        List<byte[]> keys =
                buckets.stream().map(bucket -> bucket.deadlines(finished)).toList();
        return new ScriptCall<>(
                LuaScript.COUNT_BUCKETS,
                buckets.get(0),
                keys,
                List.of(ScriptArguments.decimal(limit)),
                reply -> Counted.of(new PackedReply(reply), buckets));
    }

    /**
     * The deadline entries of some buckets.
     *
     * @param later how many have a score that has not passed
     * @param passed those of each bucket whose score has passed
     * @param uncounted buckets with too many such entries, of which none is counted
     */
    public record Counted(long later, Map<Bucket, List<byte[]>> passed, List<Bucket> uncounted) {

        private static Counted of(PackedReply reply, List<Bucket> buckets) {
            Counted counted = new Counted(reply.nextNumber(), new LinkedHashMap<>(), new ArrayList<>());
            while (reply.hasNext()) {
                Bucket bucket = buckets.get((int) reply.nextNumber());
                long size = reply.nextNumber();
                if (size == 0) {
                    counted.uncounted.add(bucket);
                } else {
                    counted.passed.put(
                            bucket, Stream.generate(reply::next).limit(size).toList());
                }
            }
            return counted;
        }
    }

    /** Finds the members of each set whose time has come. */
    public ScriptCall<List<Due>> due(Bucket bucket, List<byte[]> keys, long limit) {
        return new ScriptCall<>(LuaScript.DUE, bucket, keys, List.of(ScriptArguments.decimal(limit)), reply -> {
            PackedReply packed = new PackedReply(reply);
            return keys.stream().map(key -> Due.of(packed)).toList();
        });
    }

    /** Compares deadline entries with their sessions; returns the number of those that live. */
    public ScriptCall<Long> repairIndex(Bucket bucket, boolean finished, List<byte[]> entries) {
        List<byte[]> keys = new ArrayList<>(bucket.index(finished));
        entries.forEach(entry ->
                keys.add(bucket.session(finished, IndexMember.ofEntry(entry).key())));
        return new ScriptCall<>(
                LuaScript.REPAIR_INDEX, bucket, keys, entries, reply -> ScriptReplies.decimals(reply, 0));
    }

    /**
     * Makes the keys of an index agree, as far as they imply each other.
     *
     * @param begin chooses the beginning of the stretch that is compared
     * @param thorough whether to return the stretch even if it seems consistent
     */
    public ScriptCall<Stretch> rebuildIndex(Bucket bucket, boolean finished, int length, int begin, boolean thorough) {
        List<byte[]> arguments = List.of(
                ScriptArguments.decimal(length), ScriptArguments.decimal(begin), ScriptArguments.flag(thorough));
        return new ScriptCall<>(LuaScript.REBUILD_INDEX, bucket, bucket.index(finished), arguments, reply -> {
            PackedReply packed = new PackedReply(reply);
            Stretch stretch = new Stretch(new ArrayList<>(), new ArrayList<>());
            for (long entries = packed.nextNumber(); entries > 0; entries--) {
                stretch.deadlines.add(packed.next());
            }
            while (packed.hasNext()) {
                stretch.members.add(new IndexMember(packed.next()));
            }
            return stretch;
        });
    }

    /** Deadline entries and members by start, to be compared with their sessions. */
    public record Stretch(List<byte[]> deadlines, List<IndexMember> members) {}

    /** Adds missing deadline entries of these members, and removes members whose session is gone. */
    public ScriptCall<Boolean> rebuildEntries(Bucket bucket, boolean finished, List<IndexMember> entries) {
        List<byte[]> keys = new ArrayList<>(bucket.index(finished));
        entries.forEach(place -> keys.add(bucket.session(finished, place.key())));
        List<byte[]> arguments = entries.stream().map(IndexMember::bytes).toList();
        return new ScriptCall<>(LuaScript.REBUILD_ENTRIES, bucket, keys, arguments, reply -> true);
    }

    /**
     * Members of a set whose time has come.
     *
     * @param later number of members whose time has not come
     * @param next the earliest time of these; {@link #NONE} if there is none
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
}
