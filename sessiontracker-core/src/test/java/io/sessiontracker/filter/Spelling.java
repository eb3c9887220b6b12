package io.sessiontracker.filter;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The freedom that the language leaves: cases, blanks, quotes, brackets, escapes. */
record Spelling(Random random) {

    /** Few, so that random filters and random properties meet. */
    static final List<String> NAMES =
            List.of("a", "b", "$Key", "$Version", "caf\u00e9.\uD83D\uDE00", "is-not", "x$y\0");

    static final List<String> VALUES = List.of(
            "",
            "1",
            "2",
            "-.5",
            "1e1",
            "2026-01-31T09:30:00Z",
            "2026-01-31T10:30+01:00",
            "2026-02-01T00:00:00Z",
            "'",
            "\"\\",
            "a'b\\'c",
            "\0",
            "\uD83D\uDE00",
            "\uD83D",
            " and ",
            "\n");

    String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    List<String> values() {
        return Stream.generate(this::value).limit(random.nextInt(4)).toList();
    }

    String word(String word) {
        return word.chars()
                .mapToObj(Character::toString)
                .map(c -> random.nextBoolean() ? c : c.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    String words(String keyword, String rest) {
        return word(keyword) + blank() + rest;
    }

    String comparison(String name, String operator, String value) {
        return name + blank() + word(operator) + perhapsBlank() + quoted(value);
    }

    String prefix(String name, String value) {
        return name + blank() + word("starts") + blank() + word("with") + perhapsBlank() + quoted(value);
    }

    String membership(String name, List<String> values) {
        String list =
                values.stream().map(this::quoted).collect(Collectors.joining(random.nextBoolean() ? "," : blank()));
        int brackets = random.nextInt(values.isEmpty() ? 3 : 4);
        String start = name + blank() + word("in") + perhapsBlank();
        return brackets == 3
                ? start + list
                : start + "[{(".charAt(brackets) + perhapsBlank() + list + perhapsBlank() + "]})".charAt(brackets);
    }

    String joined(String keyword, List<String> parts) {
        return parts.stream().map(this::group).collect(Collectors.joining(blank() + word(keyword) + blank()));
    }

    String group(String text) {
        return "(" + perhapsBlank() + text + perhapsBlank() + ")";
    }

    private String quoted(String value) {
        char quote = random.nextBoolean() ? '\'' : '"';
        return value.chars()
                .mapToObj(c -> c == quote || c == '\\' || random.nextInt(5) == 0 ? "\\" + (char) c : "" + (char) c)
                .collect(Collectors.joining("", "" + quote, "" + quote));
    }

    private String blank() {
        return IntStream.rangeClosed(0, random.nextInt(2))
                .mapToObj(i -> "" + " \t\r\n".charAt(random.nextInt(4)))
                .collect(Collectors.joining());
    }

    private String perhapsBlank() {
        return random.nextBoolean() ? "" : blank();
    }
}
