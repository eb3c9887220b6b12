package io.sessiontracker.redis;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoredSession;

/**
 * The bytes of a stored session: a header, which the scripts read and write, and a body, of which they look into the
 * indexed properties only. {@code session.lua} and {@code index.lua} know the same. All numbers are unsigned and big-endian, all times milliseconds.
 *
 * <pre>
 * offset size
 *      0    1  format, {@value #FORMAT}
 *      1   12  id, decoded from base64url
 *     13    6  version
 *     19    6  started at
 *     25    6  absolute deadline, 0 for none
 *     31    6  sliding lifetime, 0 for none
 *     37    6  retention
 *     43    6  token of the last start or update: 40 bits of operation, 8 of attempt
 *     49    6  token of the last finish, 0 for none
 *     55    6  token of the last resume, 0 for none
 *     61    3  size of the indexed properties; here the body begins
 *     64    3  size of the other properties
 *     67       indexed properties, such as the session has not included: for each the size of the key (2), the key, and
 *              either 1, the size of the value (2) and the value, or 0 if it has none; all in UTF-8
 *              other properties: for each the size of the key (2), the key, the size of the value (2), the value
 *              payload, to the end
 * </pre>
 *
 * Write, finish and resume have tokens of their own, so that none makes another, when it is sent again, look new.
 */
final class StoredFormat {

    static final int FORMAT = 1;
    static final int ID = 1;
    static final int ID_SIZE = 12;
    static final int VERSION = 13;
    static final int STARTED_AT = 19;
    static final int ABSOLUTE_AT = 25;
    static final int SLIDING = 31;
    static final int RETENTION = 37;
    static final int WRITTEN_BY = 43;
    static final int FINISHED_BY = 49;
    static final int RESUMED_BY = 55;
    static final int INDEXED_SIZE = 61;
    static final int PROPERTIES_SIZE = 64;
    static final int HEADER_SIZE = 67;

    private StoredFormat() {}

    /** What follows the part of the header that the scripts write. */
    static byte[] encodeBody(SessionData data) {
        byte[] indexed = StoredProperties.encodeIndexed(data);
        byte[] others = StoredProperties.encodeOthers(data);
        byte[] payload = data.payload();
        return ByteBuffer.allocate(HEADER_SIZE - INDEXED_SIZE + indexed.length + others.length + payload.length)
                .put((byte) (indexed.length >>> 16))
                .putShort((short) indexed.length)
                .put((byte) (others.length >>> 16))
                .putShort((short) others.length)
                .put(indexed)
                .put(others)
                .put(payload)
                .array();
    }

    /**
     * A whole stored value.
     *
     * @throws IllegalArgumentException if it is not in this format
     */
    static StoredSession decode(byte[] value) {
        if (!isHeader(value)) {
            throw new IllegalArgumentException("A stored session has an unknown format, or is cut short");
        }
        try {
            int others = HEADER_SIZE + (int) unsigned(value, INDEXED_SIZE, 3);
            int payload = others + (int) unsigned(value, PROPERTIES_SIZE, 3);
            return new StoredSession(
                    new SessionVersion(decodeId(value, ID), sixBytes(value, VERSION)),
                    sixBytes(value, STARTED_AT),
                    new SessionData(
                            payload == HEADER_SIZE ? Map.of() : properties(value, others, payload),
                            Arrays.copyOfRange(value, payload, value.length)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("The properties of a stored session are cut short", e);
        }
    }

    private static Map<String, String> properties(byte[] value, int others, int payload) {
        Map<String, String> properties = new HashMap<>();
        ByteBuffer source = ByteBuffer.wrap(value);
        StoredProperties.readIndexed(source.slice(HEADER_SIZE, others - HEADER_SIZE), properties);
        StoredProperties.readOthers(source.slice(others, payload - others), properties);
        return properties;
    }

    /** Whether it begins with a header of this format. */
    static boolean isHeader(byte[] value) {
        return value.length >= HEADER_SIZE && value[0] == FORMAT;
    }

    static String decodeId(byte[] bytes, int offset) {
        byte[] id = Arrays.copyOfRange(bytes, offset, offset + ID_SIZE);
        return new String(Base64.getUrlEncoder().encode(id), StandardCharsets.ISO_8859_1);
    }

    static long sixBytes(byte[] bytes, int offset) {
        return unsigned(bytes, offset, 6);
    }

    private static long unsigned(byte[] bytes, int offset, int size) {
        long number = 0;
        for (int i = offset; i < offset + size; i++) {
            number = (number << 8) | (bytes[i] & 0xff);
        }
        return number;
    }
}
