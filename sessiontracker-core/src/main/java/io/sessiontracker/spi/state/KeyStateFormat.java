package io.sessiontracker.spi.state;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.spi.SessionData;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a root as bytes, for stores that have no better form. Data are not among them. The first byte is the format: a version
 * that does not know it refuses to read.
 */
public final class KeyStateFormat {

    private KeyStateFormat() {}

    /** Returns the headers of a root. */
    public static byte[] write(KeyState root) {
        return KeyStateOutput.root(root);
    }

    /** Returns the headers of a root but that of the running session, for a store that keeps this in a form of its own. Null if empty. */
    public static byte @Nullable [] writeOthers(KeyState root) {
        KeyState others = new KeyState(null, root.finished(), root.calls(), root.expired(), root.reminders());
        return others.isEmpty() ? null : KeyStateOutput.root(others);
    }

    /**
     * Returns the root that {@link #write} was given.
     *
     * @param running the running session's data; null if none runs
     * @throws IOException if these are not the bytes of a root, or it needs data of a running session and there are none
     */
    public static KeyState read(byte[] headers, @Nullable SessionData running) throws IOException {
        KeyState root = KeyStateInput.root(headers);
        SessionEntry entry = root.running();
        if (entry == null) {
            return root;
        }
        if (running == null) {
            throw new IOException("the running session has no payload");
        }
        return root.withRunning(entry.withData(running));
    }

    /**
     * Returns the root of which {@link #writeOthers} was given all but the running session.
     *
     * @throws IOException if these are not the bytes of a root
     */
    public static KeyState readOthers(byte @Nullable [] headers, @Nullable SessionEntry running) throws IOException {
        return headers == null
                ? new KeyState(running, null, List.of(), List.of(), List.of())
                : KeyStateInput.root(headers).withRunning(running);
    }

    /** Returns texts by their names as bytes, the same for the same texts; null if there are none. */
    public static byte @Nullable [] writeTexts(Map<String, String> texts) {
        return texts.isEmpty() ? null : KeyStateOutput.texts(texts);
    }

    /**
     * Returns what {@link #writeTexts} was given, as a map of the caller's own.
     *
     * @throws IOException if these are not the bytes of texts
     */
    public static Map<String, String> readTexts(byte @Nullable [] texts) throws IOException {
        return texts == null ? new HashMap<>() : KeyStateInput.texts(texts);
    }
}
