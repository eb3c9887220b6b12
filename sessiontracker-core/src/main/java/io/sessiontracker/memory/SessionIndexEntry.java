package io.sessiontracker.memory;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionScan;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands among those of its type: in the order of a walk. One that is untold stands there as well.
 *
 * @param key the application's key as UTF-8, which is what the walk's order goes by
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its own order expected
record SessionIndexEntry(String type, Kind kind, int bucket, long startedAt, byte[] key)
        implements Comparable<SessionIndexEntry> {

    /** What kind of session stands there. */
    enum Kind {
        RUNNING,
        FINISHED,
        UNTOLD
    }

    private static final Comparator<SessionIndexEntry> ORDER = Comparator.comparing(SessionIndexEntry::type)
            .thenComparing(SessionIndexEntry::kind)
            .thenComparingInt(SessionIndexEntry::bucket)
            .thenComparingLong(SessionIndexEntry::startedAt)
            .thenComparing(SessionIndexEntry::key, Arrays::compareUnsigned);

    static SessionIndexEntry of(SessionAddress address, Kind kind, Entry entry) {
        return new SessionIndexEntry(
                address.type(),
                kind,
                address.bucket(),
                entry.session().startedAt(),
                address.key().getBytes(StandardCharsets.UTF_8));
    }

    /** Before all of a kind. */
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

    SessionScan.Item item(Entry entry) {
        String keyText = new String(key, StandardCharsets.UTF_8);
        return new SessionScan.Item(keyText, entry.session(), new ScanPosition(bucket, startedAt, keyText).cursor());
    }

    @Override
    public int compareTo(SessionIndexEntry other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionIndexEntry place && compareTo(place) == 0;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
