package io.sessiontracker;

/**
 * This session's state takes more bytes than its type's {@code max-size} allows, or than the store takes. Nothing was sent, and what is
 * stored stays as it is.
 */
public final class SessionTooLargeException extends SessionCodecException {

    private final int size;
    private final int limit;

    /**
     * @param message names type and key, the size and the limit, and what sets that
     * @param size in bytes, as the state would be stored
     * @param limit in bytes
     */
    public SessionTooLargeException(String type, String key, String message, int size, int limit) {
        super(type, key, message, null);
        this.size = size;
        this.limit = limit;
    }

    /** Returns how many bytes the state takes. */
    public int size() {
        return size;
    }

    /** Returns how many bytes it may take. */
    public int limit() {
        return limit;
    }
}
