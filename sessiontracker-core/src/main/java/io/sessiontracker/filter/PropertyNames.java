package io.sessiontracker.filter;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What a property's name may be: the same for the parser and for the builder. */
final class PropertyNames {

    static final List<String> FIXED = List.of("$Key", "$Id", "$Type", "$Version", "$StartTime");

    private static final String SEPARATORS = " \t\r\n\"'(),[]{}\\";
    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "is", "eq", "ne", "in", "has", "all");

    private PropertyNames() {}

    /** Whether this ends a word and is no part of one. */
    static boolean isSeparator(char c) {
        return SEPARATORS.indexOf(c) >= 0;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean isUnknownFixed(String word) {
        return word.startsWith("$") && !FIXED.contains(word);
    }

    static String requireName(String name) {
        Objects.requireNonNull(name, "A property's name must not be null");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A property's name must not be empty");
        }
        for (int i = 0; i < name.length(); i++) {
            if (isSeparator(name.charAt(i))) {
                throw new IllegalArgumentException(
                        "A property's name must have no blank, tab, line break, quote, parenthesis, bracket, brace, comma or"
                                + " backslash; \"%s\" has U+%04X at index %d".formatted(name, (int) name.charAt(i), i));
            }
        }
        if (isKeyword(name)) {
            throw new IllegalArgumentException(
                    "A property's name must not be a word of the filter language: \"" + name + "\"");
        }
        if (isUnknownFixed(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not one of the fixed properties " + FIXED);
        }
        return name;
    }
}
