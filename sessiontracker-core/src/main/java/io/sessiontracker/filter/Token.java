package io.sessiontracker.filter;

/**
 * A piece of a filter's text.
 *
 * @param text a keyword in lower case, a name as written, a value without quotes and escapes, or a symbol's character
 * @param start the index of its first character
 * @param end the index after its last one
 */
record Token(Kind kind, String text, int start, int end) {

    private static final int MAX_SHOWN = 40;

    enum Kind {
        KEYWORD,
        NAME,
        VALUE,
        /** A value whose closing quote is missing. */
        OPEN_VALUE,
        SYMBOL,
        END
    }

    boolean isKeyword(String keyword) {
        return kind == Kind.KEYWORD && text.equals(keyword);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Returns whether a value begins here, closed or not. */
    boolean isValue() {
        return kind == Kind.VALUE || kind == Kind.OPEN_VALUE;
    }

    /** Describes the token in a message. Values are not repeated: they may be long, or confidential. */
    String describe() {
        return switch (kind) {
            case VALUE, OPEN_VALUE -> "a quoted value";
            case END -> "the end";
            case KEYWORD, NAME, SYMBOL -> "'" + shown() + "'";
        };
    }

    private String shown() {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(MAX_SHOWN)
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > MAX_SHOWN
                ? shown.append('…').toString()
                : shown.toString();
    }
}
