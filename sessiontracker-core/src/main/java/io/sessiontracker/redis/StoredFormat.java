package io.sessiontracker.redis;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoredSession;

/**
 * The bytes of a stored session: a header, which the scripts read and write, and a body, which they do not look into.
 * {@code prelude.lua} knows the same header. All numbers are unsigned and big-endian, all times milliseconds.
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
 *     61    3  size of the properties; here the body begins
 *     64       properties: for each the size of the key (2), the key, the size of the value (2), the value, in UTF-8
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
    static final int PROPERTIES_SIZE = 61;
    static final int HEADER_SIZE = 64;

    private StoredFormat() {}

    /** What follows the part of the header that the scripts write. */
    static byte[] encodeBody(SessionData data) {
        ByteArrayOutputStream properties = new ByteArrayOutputStream();
        data.properties().forEach((key, value) -> {
            writeText(properties, key);
            writeText(properties, value);
        });
        int size = properties.size();
        return ByteBuffer.allocate(HEADER_SIZE - PROPERTIES_SIZE + size + data.payload().length)
                .put((byte) (size >>> 16))
                .putShort((short) size)
                .put(properties.toByteArray())
                .put(data.payload())
                .array();
    }

    /**
     * A whole stored value.
     *
     * @throws IllegalArgumentException if it is not in this format
     */
    static StoredSession decode(byte[] value) {
        if (value.length < HEADER_SIZE || value[0] != FORMAT) {
            throw new IllegalArgumentException("A stored session has an unknown format, or is cut short");
        }
        try {
            int end = HEADER_SIZE + (int) unsigned(value, PROPERTIES_SIZE, HEADER_SIZE - PROPERTIES_SIZE);
            Map<String, String> properties = readProperties(ByteBuffer.wrap(value, HEADER_SIZE, end - HEADER_SIZE));
            byte[] payload = new byte[value.length - end];
            System.arraycopy(value, end, payload, 0, payload.length);
            return new StoredSession(
                    new SessionVersion(decodeId(value, ID), sixBytes(value, VERSION)),
                    sixBytes(value, STARTED_AT),
                    new SessionData(properties, payload));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("The properties of a stored session are cut short", e);
        }
    }

    static String decodeId(byte[] bytes, int offset) {
        return StandardCharsets.ISO_8859_1
                .decode(Base64.getUrlEncoder().encode(ByteBuffer.wrap(bytes, offset, ID_SIZE)))
                .toString();
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

    private static void writeText(ByteArrayOutputStream target, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException("A property has " + bytes.length + " bytes, which is too many");
        }
        target.write(bytes.length >>> 8);
        target.write(bytes.length);
        target.writeBytes(bytes);
    }

    private static Map<String, String> readProperties(ByteBuffer source) {
        Map<String, String> properties = new HashMap<>();
        while (source.hasRemaining()) {
            properties.put(readText(source), readText(source));
        }
        return properties;
    }

    private static String readText(ByteBuffer source) {
        byte[] bytes = new byte[source.getShort() & 0xffff];
        source.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
