package io.sessiontracker.spi;

import java.util.Arrays;
import java.util.Optional;

import io.sessiontracker.Session;

/**
 * Turns a session's state into bytes and back. Key, id, version, start time and readable properties are not its business, except
 * that a decoded session has the address's key.
 */
public interface SessionCodec {

    /**
     * Checks at a class's first use whether its sessions can be written and read at all.
     *
     * @throws IllegalStateException if not; the message says what to change
     */
    void verify(Class<? extends Session> type);

    /**
     * The session's state.
     *
     * @throws io.sessiontracker.SessionCodecException if it cannot be written
     */
    byte[] encode(SessionAddress address, Session session);

    /**
     * A new instance with that state.
     *
     * @throws io.sessiontracker.SessionCodecException if it cannot be read
     */
    <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload);

    /** Returns what hides the values of properties in the store; empty if this codec has no key to do so. */
    default Optional<BlindIndex> blindIndex() {
        return Optional.empty();
    }

    /**
     * Whether two results of {@link #encode} are of the same state: a repeated write of the same is recognised although others wrote
     * since.
     */
    default boolean isSame(SessionAddress address, byte[] first, byte[] second) {
        return Arrays.equals(first, second);
    }
}
