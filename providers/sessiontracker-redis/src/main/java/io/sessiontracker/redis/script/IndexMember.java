package io.sessiontracker.redis.script;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.sessiontracker.spi.ScanPosition;

/**
 * A session's member in its bucket's indexes: six bytes of its start, then its key, as {@code lib/index.lua} has it.
 *
 * @param bytes never changed
 */
// Never compared by equals.
@SuppressWarnings("ArrayRecordComponent")
public record IndexMember(byte[] bytes) implements Comparable<IndexMember> {

    private static final int START_SIZE = 6;
    private static final int GONE_SIZE = 6;

    public static IndexMember of(ScanPosition position) {
        byte[] key = ScriptArguments.text(position.key());
        return new IndexMember(ByteBuffer.allocate(START_SIZE + key.length)
                .put(ScriptArguments.numbers(position.startedAt()))
                .put(key)
                .array());
    }

    /**
     * Returns what a bucket's members are less than if they come after that position when the newest come first: its own in its own
     * bucket, and else what begins with its start, or with the next one.
     */
    static byte[] newestBefore(ScanPosition position, int bucket) {
        return bucket == position.bucket()
                ? of(position).bytes
                : ScriptArguments.numbers(position.startedAt() + (bucket < position.bucket() ? 1 : 0));
    }

    /** Returns the member that a deadline entry contains. */
    static IndexMember ofEntry(byte[] entry) {
        ByteBuffer source = ByteBuffer.wrap(entry).position(GONE_SIZE);
        byte[] member = new byte[source.getShort() & 0xffff];
        source.get(member);
        return new IndexMember(member);
    }

    String key() {
        return new String(bytes, START_SIZE, bytes.length - START_SIZE, StandardCharsets.UTF_8);
    }

    byte[] start() {
        return Arrays.copyOf(bytes, START_SIZE);
    }

    public ScanPosition position(int bucket) {
        return new ScanPosition(bucket, StoredFormat.sixBytes(bytes, 0), key());
    }

    @Override
    public int compareTo(IndexMember other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }
}
