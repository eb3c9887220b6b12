package io.sessiontracker.redis.script;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoredSession;

/**
 * The bytes of a stored session: a header, which the scripts read and write, and a body, of which they look into the
 * indexed properties only. {@code lib/session.lua} and {@code lib/index.lua} know the same. All numbers are unsigned and big-endian, all times milliseconds.
 *
 * <pre>
 * offset size
 *      0    1  format, {@value #FORMAT}
 *      1    2  size of the header
 *      3    6  started at
 *      9    6  absolute deadline, 0 for none
 *     15    6  sliding lifetime, 0 for none
 *     21    6  how much longer than that the session may live
 *     27    6  retention
 *     33    6  token of the last finish, 0 for none
 *     39    6  token of the last resume, 0 for none
 *     45   12  id, decoded from base64url
 *     57    6  version
 *     63   24  tokens of the last four writes (start or update), the latest first, 0 where there are fewer: of each 40 bits
 *              of operation, 8 of attempt
 *     87       tagged fields: for each a tag (1), the size of the value (2), the value. One so far, which comes first, and has no value:
 *              the tag 255 says that the session is in no index, 253 that its changes are announced, 254 both
 *  header      the body: size of the indexed properties (3), size of the other properties (3)
 *   + 6        indexed properties, such as the session has not included: for each the size of the key (2), the key, and
 *              either 1, the size of the value (2) and the value, or 0 if it has none; all in UTF-8
 *              other properties: for each the size of the key (2), the key, the size of the value (2), the value
 *              payload, to the end
 * </pre>
 *
 * Write, finish and resume have tokens of their own, so that none makes another, when it is sent again, look new.
 *
 * <p>A later release adds what it needs as a tagged field. Every operation of this one copies the whole header, also into
 * the records of what was removed, and looks at no other tag. So it may work beside one that writes more of them, as long as it is
 * enough for a field to be kept: one without which a session would be treated wrongly is first read by one release, and
 * written from the next one on. What has to be refused by all that do not know it is a new format: format and size of the
 * header stay where they are in each. A release that does not know these tags puts a session of the tag 255 into the
 * indexes when it finishes or resumes it, and announces none of its changes.
 */
final class StoredFormat {

    static final int FORMAT = 2;
    static final int HEADER_SIZE = 1;
    static final int STARTED_AT = 3;
    static final int ABSOLUTE_AT = 9;
    static final int SLIDING = 15;
    static final int TOLERANCE = 21;
    static final int RETENTION = 27;
    static final int FINISHED_BY = 33;
    static final int RESUMED_BY = 39;
    static final int ID = 45;
    static final int ID_SIZE = 12;
    static final int VERSION = 57;
    static final int WRITTEN_BY = 63;
    /** Where the tagged fields begin; a header of this size has none. */
    static final int FIELDS = 87;
    /** The tagged field of a session that is in no index. */
    static final byte[] UNINDEXED = {(byte) 255, 0, 0};
    /** The tagged field of a session that is in no index, and whose changes are announced. */
    static final byte[] ANNOUNCED_UNINDEXED = {(byte) 254, 0, 0};
    /** The tagged field of a session in the indexes whose changes are announced. */
    static final byte[] ANNOUNCED = {(byte) 253, 0, 0};

    private static final long UNKNOWN_DEADLINE = (1L << 48) - 1;

    /** Of the two sizes with which the body begins. */
    private static final int SIZES_SIZE = 6;

    private StoredFormat() {}

    /** What follows the header, which the scripts write. */
    static byte[] encodeBody(SessionData data) {
        byte[] indexed = StoredProperties.encodeIndexed(data);
        byte[] others = StoredProperties.encodeOthers(data);
        byte[] payload = data.payload();
        return ByteBuffer.allocate(SIZES_SIZE + indexed.length + others.length + payload.length)
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
            int body = headerSize(value);
            int indexed = body + SIZES_SIZE;
            int others = indexed + (int) unsigned(value, body, 3);
            int payload = others + (int) unsigned(value, body + 3, 3);
            return new StoredSession(
                    new SessionVersion(decodeId(value, ID), sixBytes(value, VERSION)),
                    decodeToken(value, WRITTEN_BY),
                    sixBytes(value, STARTED_AT),
                    sixBytes(value, SLIDING) == 0 ? deadline(value, ABSOLUTE_AT) : StoredSession.UNKNOWN,
                    new SessionData(
                            payload == indexed ? Map.of() : properties(value, indexed, others, payload),
                            Arrays.copyOfRange(value, payload, value.length)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("The properties of a stored session are cut short", e);
        }
    }

    private static Map<String, String> properties(byte[] value, int indexed, int others, int payload) {
        Map<String, String> properties = new HashMap<>();
        ByteBuffer source = ByteBuffer.wrap(value);
        StoredProperties.readIndexed(source.slice(indexed, others - indexed), properties);
        StoredProperties.readOthers(source.slice(others, payload - others), properties);
        return properties;
    }

    /** Whether it begins with a header of this format. */
    static boolean isHeader(byte[] value) {
        return value.length >= FIELDS
                && value[0] == FORMAT
                && headerSize(value) >= FIELDS
                && value.length >= headerSize(value) + SIZES_SIZE;
    }

    /** What differs between two starts of a key, between the resumes of one, and after its lifetimes were changed. */
    static byte[] lifeOf(byte[] header) {
        return Arrays.copyOfRange(header, ABSOLUTE_AT, VERSION);
    }

    /** Returns the deadline there: 0 means never, the largest number that it is unknown. */
    static long deadline(byte[] bytes, int offset) {
        long deadline = sixBytes(bytes, offset);
        if (deadline == UNKNOWN_DEADLINE) {
            return StoredSession.UNKNOWN;
        }
        return deadline == 0 ? StoredSession.NEVER : deadline;
    }

    private static int headerSize(byte[] value) {
        return (int) unsigned(value, HEADER_SIZE, 2);
    }

    /** Returns the token there. */
    static OperationToken decodeToken(byte[] bytes, int offset) {
        return new OperationToken(unsigned(bytes, offset, 5), bytes[offset + 5] & 0xff);
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
