package io.sessiontracker.redis.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    private static final byte[] NOTHING = {};

    private final KeyLayout layout;

    public IndexScripts(KeyLayout layout) {
        this.layout = layout;
    }

    public Bucket bucket(String type, int number) {
        return layout.bucket(type, number);
    }

    /**
     * Finds the next entries in order.
     *
     * @param required properties with the values that a wanted session has one of; the script may use one of them
     */
    public ScriptCall<Found> scanBucket(
            Bucket bucket,
            boolean finished,
            @Nullable IndexMember after,
            int limit,
            Map<String, Set<String>> required) {
        List<byte[]> keys = List.of(bucket.byStart(finished), bucket.properties(finished));
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(after == null ? NOTHING : after.bytes());
        arguments.add(ScriptArguments.decimal(limit));
        required.forEach((property, values) -> {
            arguments.add(StoredProperties.name(property));
            arguments.add(ScriptArguments.decimal(values.size()));
            values.forEach(value -> arguments.add(StoredProperties.present(property, value)));
        });
        return new ScriptCall<>(
                LuaScript.SCAN_BUCKET, bucket, keys, arguments, reply -> Found.of(new PackedReply(reply), limit));
    }

    /**
     * A bucket's entries that match.
     *
     * @param members their number in the whole bucket, before and after these
     */
    public record Found(long members, List<IndexMember> entries) {

        private static Found of(PackedReply reply, int limit) {
            long members = reply.nextNumber();
            List<IndexMember> entries = new ArrayList<>();
            while (reply.hasNext()) {
                entries.add(new IndexMember(reply.next()));
            }
            return new Found(members, entries.stream().sorted().limit(limit).toList());
        }
    }

    /** Reads the sessions of these entries. */
    public ScriptCall<Sessions> read(Bucket bucket, boolean finished, List<IndexMember> entries) {
        List<byte[]> keys = entries.stream()
                .map(place -> bucket.session(finished, place.key()))
                .toList();
        List<byte[]> arguments = entries.stream().map(IndexMember::start).toList();
        return new ScriptCall<>(
                LuaScript.READ, bucket, keys, arguments, reply -> Sessions.of(new PackedReply(reply), bucket, entries));
    }

    /**
     * The sessions of some entries.
     *
     * @param gone number of entries whose session no longer exists
     */
    public record Sessions(List<SessionScan.Item> there, List<SessionScan.Unreadable> unreadable, int gone) {

        private static Sessions of(PackedReply reply, Bucket bucket, List<IndexMember> entries) {
            List<SessionScan.Item> there = new ArrayList<>();
            List<SessionScan.Unreadable> unreadable = new ArrayList<>();
            for (IndexMember place : entries) {
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
            return new Sessions(there, unreadable, entries.size() - there.size() - unreadable.size());
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
