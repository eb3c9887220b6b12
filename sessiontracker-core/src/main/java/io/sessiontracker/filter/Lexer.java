package io.sessiontracker.filter;

import java.util.Locale;

import io.sessiontracker.filter.Token.Kind;

/**
 * Cuts a text into tokens, one when asked, and refuses nothing: what has no place where it stands is for the parser to
 * say, so that the first wrong character is the one that is reported.
 */
final class Lexer {

    private final String text;
    private int position;

    Lexer(String text) {
        this.text = text;
    }

    Token next() {
        while (position < text.length() && PropertyNames.isBlank(text.charAt(position))) {
            position++;
        }
        if (position == text.length()) {
            return new Token(Kind.END, "", position, position);
        }
        char c = text.charAt(position);
        if (c == '\'' || c == '"') {
            return value(c);
        }
        return PropertyNames.isSeparator(c) ? symbol(c) : word();
    }

    private Token symbol(char c) {
        position++;
        return new Token(Kind.SYMBOL, String.valueOf(c), position - 1, position);
    }

    private Token word() {
        int start = position;
        while (position < text.length() && !PropertyNames.isSeparator(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        return PropertyNames.isKeyword(word)
                ? new Token(Kind.KEYWORD, word.toLowerCase(Locale.ROOT), start, position)
                : new Token(Kind.NAME, word, start, position);
    }

    private Token value(char quote) {
        int start = position++;
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == quote) {
                return new Token(Kind.VALUE, value.toString(), start, position);
            }
            if (c != '\\') {
                value.append(c);
            } else if (position < text.length()) {
                value.append(text.charAt(position++));
            }
        }
        return new Token(Kind.OPEN_VALUE, value.toString(), start, position);
    }
}
