package io.sessiontracker.redis.script;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.sessiontracker.spi.SessionData;

/** The properties as {@link StoredFormat} has them: those that are indexed as {@code lib/index.lua} reads them, then the others. */
final class StoredProperties {

    private static final int ABSENT = 0;
    private static final int PRESENT = 1;

    private StoredProperties() {}

    /** In the order of their names, so that the same properties are the same bytes. */
    static byte[] encodeIndexed(SessionData data) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        data.indexed().stream().sorted().forEach(name -> {
            String value = data.properties().get(name);
            target.writeBytes(value == null ? absent(name) : present(name, value));
        });
        return target.toByteArray();
    }

    static byte[] encodeOthers(SessionData data) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        data.properties().forEach((name, value) -> {
            if (!data.indexed().contains(name)) {
                writeText(target, name);
                writeText(target, value);
            }
        });
        return target.toByteArray();
    }

    /** How all members of an indexed name begin. */
    static byte[] name(String name) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        writeText(target, name);
        return target.toByteArray();
    }

    /** How all members of a name and value begin. */
    static byte[] present(String name, String value) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        writeText(target, name);
        target.write(PRESENT);
        writeText(target, value);
        return target.toByteArray();
    }

    private static byte[] absent(String name) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        writeText(target, name);
        target.write(ABSENT);
        return target.toByteArray();
    }

    static void readIndexed(ByteBuffer source, Map<String, String> properties) {
        while (source.hasRemaining()) {
            String name = readText(source);
            if (source.get() == PRESENT) {
                properties.put(name, readText(source));
            }
        }
    }

    static void readOthers(ByteBuffer source, Map<String, String> properties) {
        while (source.hasRemaining()) {
            properties.put(readText(source), readText(source));
        }
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

    private static String readText(ByteBuffer source) {
        byte[] bytes = new byte[source.getShort() & 0xffff];
        source.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
