package io.sessiontracker.spi;

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

    /** Returns the position of a session. */
    public static ScanPosition of(SessionAddress address, StoredSession session) {
        return new ScanPosition(address.bucket(), session.startedAt(), address.key());
    }

    /**
     * Returns the position that a cursor contains.
     *
     * @throws IllegalArgumentException if {@link #cursor} did not make it
     */
    public static ScanPosition parse(String cursor) {
        int bucketEnd = cursor.indexOf(SEPARATOR);
        int startEnd = cursor.indexOf(SEPARATOR, bucketEnd + 1);
        if (bucketEnd < 0 || startEnd < 0) {
            throw new IllegalArgumentException("Not a scan position: \"" + cursor + '"');
        }
        return new ScanPosition(
                Integer.parseInt(cursor.substring(0, bucketEnd)),
                Long.parseLong(cursor.substring(bucketEnd + 1, startEnd)),
                cursor.substring(startEnd + 1));
    }

    /** Returns this as a cursor. */
    public String cursor() {
        return Integer.toString(bucket) + SEPARATOR + startedAt + SEPARATOR + key;
    }
}
