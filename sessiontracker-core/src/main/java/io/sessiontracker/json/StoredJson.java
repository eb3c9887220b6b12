package io.sessiontracker.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The stored bytes: a JSON object. That of a version above 1 begins with {@code {"$version":n}}'s content, always written like that, so that
 * finding it costs no parsing; without it the version is 1.
 */
final class StoredJson {

    /** The name of the version's property. */
    static final String VERSION = "$version";

    private static final byte[] START = ("{\"" + VERSION + "\":").getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 9;

    private StoredJson() {}

    /**
     * Returns the version that a stored state has.
     *
     * @throws RefusedStateException if it is none
     */
    static int version(byte[] stored) {
        if (!hasVersion(stored)) {
            return 1;
        }
        int end = endOfVersion(stored);
        int version = 0;
        for (int i = START.length; i < end; i++) {
            version = version * 10 + stored[i] - '0';
        }
        return version;
    }

    private static boolean hasVersion(byte[] stored) {
        return stored.length > START.length && Arrays.equals(stored, 0, START.length, START, 0, START.length);
    }

    private static int endOfVersion(byte[] stored) {
        int end = START.length;
        while (end < stored.length && stored[end] >= '0' && stored[end] <= '9') {
            end++;
        }
        int digits = end - START.length;
        if (digits == 0
                || digits > MAX_DIGITS
                || stored[START.length] == '0'
                || end == stored.length
                || stored[end] != ',' && stored[end] != '}') {
            throw new RefusedStateException("its \"%s\" is no version".formatted(VERSION));
        }
        return end;
    }

    /** Returns the object without its version: the same array if it has none. */
    static byte[] state(byte[] stored) {
        if (!hasVersion(stored)) {
            return stored;
        }
        int end = endOfVersion(stored);
        if (stored[end] == '}') {
            return new byte[] {'{', '}'};
        }
        byte[] state = Arrays.copyOfRange(stored, end, stored.length);
        state[0] = '{';
        return state;
    }

    /** Returns the state as it is stored: the same array for version 1. */
    static byte[] of(int version, byte[] state) {
        return version == 1
                ? state
                : join(("{\"" + VERSION + "\":" + version + "}").getBytes(StandardCharsets.US_ASCII), state);
    }

    /** Returns one object with the properties of both. */
    static byte[] join(byte[] first, byte[] second) {
        if (isEmpty(first)) {
            return second;
        }
        if (isEmpty(second)) {
            return first;
        }
        int end = first.length - 1;
        while (first[end] != '}') {
            end--;
        }
        byte[] joined = Arrays.copyOf(first, end + second.length);
        System.arraycopy(second, 0, joined, end, second.length);
        joined[end] = ',';
        return joined;
    }

    private static boolean isEmpty(byte[] object) {
        int i = 1;
        while (object[i] <= ' ') {
            i++;
        }
        return object[i] == '}';
    }
}
