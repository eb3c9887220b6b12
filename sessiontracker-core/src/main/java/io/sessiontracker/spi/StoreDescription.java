package io.sessiontracker.spi;

/**
 * What the engine has to know of a store.
 *
 * @param blocking whether a call may block its thread until the store has answered. The engine then makes the calls of the async
 *     and reactive APIs on threads of its own
 * @param maxPayload the largest payload in bytes that the store takes. The engine refuses a larger one before anything is sent
 */
public record StoreDescription(boolean blocking, int maxPayload) {

    /** A store whose calls never block, and that takes payloads of any size. */
    public static final StoreDescription DEFAULT = new StoreDescription(false, Integer.MAX_VALUE);

    /** Checks the size. */
    public StoreDescription {
        if (maxPayload < 1) {
            throw new IllegalArgumentException("maxPayload must be positive; it is " + maxPayload);
        }
    }
}
