package io.sessiontracker.filter;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and instants as texts: what a comparison compares. */
final class Operands {

    /** As long as a property's value can be. The time to read a number grows with the square of its length. */
    private static final int MAX_LENGTH = 1024;

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,9})?");

    /** The first one also reads the greatest instants, the second one times without seconds. */
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendOptional(DateTimeFormatter.ISO_INSTANT)
            .appendOptional(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            .toFormatter(Locale.ROOT)
            .withChronology(IsoChronology.INSTANCE)
            .withResolverStyle(ResolverStyle.STRICT);

    private Operands() {}

    /** Returns what can be compared with a property, for a message. */
    static String expected(String property) {
        return property.equals("$Version")
                ? "a number in quotes"
                : "a number or a time such as 2026-01-31T09:30:00Z, in quotes";
    }

    /** Returns the comparison with what a text is; empty if it is nothing that the property can be compared with. */
    static Optional<Node> comparison(String property, Comparison comparison, String operand) {
        Optional<BigDecimal> number = number(operand);
        if (number.isEmpty() && property.equals("$StartTime")) {
            number = instant(operand).map(Operands::millis);
        }
        if (number.isPresent() || property.equals("$StartTime") || property.equals("$Version")) {
            return number.map(bound -> new NumberComparison(property, comparison, bound));
        }
        return instant(operand).map(bound -> new InstantComparison(property, comparison, bound));
    }

    /** Returns the decimal number that a text is. */
    static Optional<BigDecimal> number(String text) {
        return text.length() <= MAX_LENGTH && NUMBER.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** Returns the moment that a text is, a date and a time with an offset. */
    static Optional<Instant> instant(String text) {
        if (text.length() > MAX_LENGTH || text.indexOf('T') < 0 && text.indexOf('t') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(MOMENT.parse(text, Instant::from));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    /** Returns the milliseconds since the epoch, with a fraction if the instant has one. */
    private static BigDecimal millis(Instant instant) {
        BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond());
        BigDecimal nanos = BigDecimal.valueOf(instant.getNano(), 6);
        BigDecimal millis = seconds.movePointRight(3).add(nanos).stripTrailingZeros();
        return millis.scale() < 0 ? millis.setScale(0) : millis;
    }
}
