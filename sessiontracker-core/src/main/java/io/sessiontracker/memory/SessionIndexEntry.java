package io.sessiontracker.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * The position of a running, finished or expired session in the order of a scan.
 *
 * @param key the application's key as UTF-8, by which it is ordered
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its own order only
record SessionIndexEntry(String type, Kind kind, int bucket, long startedAt, byte[] key)
        implements Comparable<SessionIndexEntry> {

    /** The state of the session. */
    enum Kind {
        RUNNING,
        FINISHED,
        EXPIRED
    }

    private static final Comparator<SessionIndexEntry> ORDER = Comparator.comparing(SessionIndexEntry::type)
            .thenComparing(SessionIndexEntry::kind)
            .thenComparingInt(SessionIndexEntry::bucket)
            .thenComparingLong(SessionIndexEntry::startedAt)
            .thenComparing(SessionIndexEntry::key, Arrays::compareUnsigned);

    static SessionIndexEntry of(SessionAddress address, Kind kind, long startedAt) {
        return new SessionIndexEntry(
                address.type(), kind, address.bucket(), startedAt, address.key().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns an entry before all of a kind. */
    static SessionIndexEntry first(String type, Kind kind) {
        return new SessionIndexEntry(type, kind, -1, 0, new byte[0]);
    }

    static SessionIndexEntry at(String type, Kind kind, ScanPosition position) {
        return new SessionIndexEntry(
                type,
                kind,
                position.bucket(),
                position.startedAt(),
                position.key().getBytes(StandardCharsets.UTF_8));
    }

    boolean isOf(String otherType, Kind otherKind) {
        return type.equals(otherType) && kind == otherKind;
    }

    SessionAddress address() {
        return new SessionAddress(type, new String(key, StandardCharsets.UTF_8));
    }

    SessionScan.Item item(StoredSession session) {
        String text = new String(key, StandardCharsets.UTF_8);
        return new SessionScan.Item(text, session, new ScanPosition(bucket, startedAt, text).cursor());
    }

    @Override
    public int compareTo(SessionIndexEntry other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionIndexEntry entry && compareTo(entry) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
