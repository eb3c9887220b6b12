package io.sessiontracker.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionScan;
import org.jspecify.annotations.Nullable;

/**
 * A position in a walk as a text that another instance can go on from: bucket, start and key, and a checksum over them and the
 * query. The last is there to find mistakes, not to keep anybody out.
 */
final class QueryCursor {

    private static final int HEAD = 1 + Long.BYTES;

    private QueryCursor() {}

    /** What a cursor is good for, as a text: differs where type, store or filter differ. */
    static String query(String type, boolean finished, @Nullable SessionFilter filter) {
        return type + (finished ? "/finished/" : "/running/") + filter;
    }

    static String encode(String query, SessionScan.Position position) {
        byte[] key = position.key().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + HEAD + key.length)
                .position(Integer.BYTES)
                .put((byte) position.bucket())
                .putLong(position.startedAt())
                .put(key);
        bytes.putInt(0, checksum(query, bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * The position.
     *
     * @throws IllegalArgumentException if the text is no cursor of that query
     */
    static SessionScan.Position decode(String query, String cursor) {
        byte[] decoded = bytes(cursor);
        if (decoded.length <= Integer.BYTES + HEAD || ByteBuffer.wrap(decoded).getInt() != checksum(query, decoded)) {
            throw refused(cursor, null);
        }
        ByteBuffer bytes = ByteBuffer.wrap(decoded).position(Integer.BYTES);
        int bucket = bytes.get() & 0xff;
        long startedAt = bytes.getLong();
        return new SessionScan.Position(
                bucket, startedAt, StandardCharsets.UTF_8.decode(bytes).toString());
    }

    private static byte[] bytes(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException malformed) {
            throw refused(cursor, malformed);
        }
    }

    private static int checksum(String query, byte[] cursor) {
        CRC32 crc = new CRC32();
        crc.update(query.getBytes(StandardCharsets.UTF_8));
        crc.update(cursor, Integer.BYTES, cursor.length - Integer.BYTES);
        return (int) crc.getValue();
    }

    private static IllegalArgumentException refused(String cursor, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "This is no cursor of this query; type, filter and store must be those of the page it came with: \""
                        + cursor + "\"",
                cause);
    }
}
