package io.sessiontracker.benchmarks.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A Markdown table under a heading. */
final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();

    MarkdownTable(String heading, String... columns) {
        text.append("### ").append(heading).append("\n\n");
        row((Object[]) columns);
        row(Arrays.stream(columns).map(column -> "---").toArray());
    }

    /** Adds a row of numbers and text. */
    void row(Object... cells) {
        text.append(Arrays.stream(cells).map(MarkdownTable::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Formats a number with as many digits as its precision justifies. */
    private static String cell(Object value) {
        if (value instanceof Double number) {
            String format = Math.abs(number) >= 100 ? "%,.0f" : Math.abs(number) >= 10 ? "%.1f" : "%.2f";
            return String.format(Locale.ROOT, format, number);
        }
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : value.toString();
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, part >= 0.1 ? "%.0f %%" : part >= 0.01 ? "%.1f %%" : "%.2f %%", 100 * part);
    }

    @Override
    public String toString() {
        return text.append('\n').toString();
    }
}
