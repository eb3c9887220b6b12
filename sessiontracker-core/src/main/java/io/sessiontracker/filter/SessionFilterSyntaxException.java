package io.sessiontracker.filter;

/** Thrown for a text that is not a filter. The message says what was expected and what was found. */
public final class SessionFilterSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    SessionFilterSyntaxException(String problem, int position) {
        super(problem + " (at index " + position + ")");
        this.position = position;
    }

    /**
     * The index, from 0, of the first character that is wrong: what is before it could go on to be a filter. Where a word
     * or a value as a whole is wrong, it is the index of its first character; where the text ends too early, its length.
     */
    public int position() {
        return position;
    }
}
