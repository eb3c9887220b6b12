package io.sessiontracker.spi.state;

/**
 * A part of a key's state besides its root: the data of a session that does not run.
 *
 * @param name distinguishes it from the key's other parts
 */
public record Part(String name) {

    /** The data of the finished session. */
    public static final Part FINISHED = new Part("finished");

    /** Returns the data of an expired session. */
    static Part expired(String id) {
        return new Part("expired/" + id);
    }
}
