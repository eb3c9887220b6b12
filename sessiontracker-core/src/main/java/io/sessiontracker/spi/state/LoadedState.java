package io.sessiontracker.spi.state;

/**
 * A key's state as a store has it.
 *
 * @param state the root, with those of the parts asked for that there are; {@link KeyState#EMPTY} if nothing is stored
 * @param revision the revision of the root; {@link #ABSENT} if nothing is stored
 * @param now the store's time, milliseconds since the epoch, read no earlier than the state
 */
public record LoadedState(KeyState state, long revision, long now) {

    /** The revision of what is not stored. */
    public static final long ABSENT = 0;

    /** Returns what a store answers where nothing is stored. */
    public static LoadedState absent(long now) {
        return new LoadedState(KeyState.EMPTY, ABSENT, now);
    }
}
