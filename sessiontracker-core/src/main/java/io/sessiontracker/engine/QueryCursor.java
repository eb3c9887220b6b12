package io.sessiontracker.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

import io.sessiontracker.filter.SessionFilter;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of a query, which another process can go on from: the store's cursor, and a checksum over it and the query. The
 * checksum finds mistakes; it keeps no attacker out.
 */
final class QueryCursor {

    private QueryCursor() {}

    /** Returns a text that identifies a query: it differs where type, store or filter differ. */
    static String query(String type, boolean finished, @Nullable SessionFilter filter) {
        return type + (finished ? "/finished/" : "/running/") + filter;
    }

    static String encode(String query, String storeCursor) {
        byte[] text = storeCursor.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + text.length)
                .position(Integer.BYTES)
                .put(text);
        bytes.putInt(0, checksum(query, bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Returns the store's cursor.
     *
     * @throws IllegalArgumentException if the text is no cursor of that query
     */
    static String decode(String query, String cursor) {
        byte[] decoded = bytes(cursor);
        if (decoded.length <= Integer.BYTES || ByteBuffer.wrap(decoded).getInt() != checksum(query, decoded)) {
            throw refused(cursor, null);
        }
        return new String(decoded, Integer.BYTES, decoded.length - Integer.BYTES, StandardCharsets.UTF_8);
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
                "This is not a cursor of this query; type, filter, order and store must be those of the page it came with: \""
                        + cursor + "\"",
                cause);
    }
}
