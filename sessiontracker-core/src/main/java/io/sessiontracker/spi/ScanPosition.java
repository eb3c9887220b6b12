package io.sessiontracker.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.sessiontracker.SessionInternals;
import org.jspecify.annotations.Nullable;

/**
 * A position in a scan that goes by bucket, then by start, then by key as its UTF-8 bytes compare: what the cursors of such a
 * store contain.
 *
 * @param bucket the session's {@link SessionAddress#bucket}
 * @param startedAt its start, milliseconds since the epoch
 * @param key its key; empty for the beginning of the bucket
 */
public record ScanPosition(int bucket, long startedAt, String key) {

    private static final char SEPARATOR = '/';
    /** The moment has no more digits than every store takes: it is before the year 5138. */
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,3})/([0-9]{1,14})/(.*)", Pattern.DOTALL);

    /** Returns the position of a session. */
    public static ScanPosition of(SessionAddress address, StoredSession session) {
        return new ScanPosition(address.bucket(), session.startedAt(), address.key());
    }

    /**
     * Returns the position that a cursor contains.
     *
     * @throws IllegalArgumentException if no session can be there: a cursor may come from outside
     */
    public static ScanPosition parse(String cursor) {
        Matcher parts = CURSOR.matcher(cursor);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) >= SessionAddress.BUCKETS) {
            throw refused(cursor, null);
        }
        String key = parts.group(3);
        if (!key.isEmpty()) {
            try {
                SessionInternals.requireKey(key);
            } catch (IllegalArgumentException impossible) {
                throw refused(cursor, impossible);
            }
        }
        return new ScanPosition(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)), key);
    }

    private static IllegalArgumentException refused(String cursor, @Nullable Throwable cause) {
        return new IllegalArgumentException("Not a scan position: \"" + cursor + '"', cause);
    }

    /** Returns this as a cursor. */
    public String cursor() {
        return Integer.toString(bucket) + SEPARATOR + startedAt + SEPARATOR + key;
    }
}
