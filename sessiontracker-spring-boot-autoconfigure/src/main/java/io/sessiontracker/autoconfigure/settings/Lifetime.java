package io.sessiontracker.autoconfigure.settings;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * A lifetime as it is written in the settings: a duration as anywhere in Spring Boot, where a plain number is milliseconds;
 * {@code none} and 0 are no end.
 *
 * @param duration null for no end
 */
public record Lifetime(@Nullable Duration duration) {

    private static final String NONE = "none";

    /** Creates a lifetime; zero is no end. */
    public Lifetime {
        if (duration != null && duration.isNegative()) {
            throw new IllegalArgumentException("must not be negative");
        }
        if (duration != null && duration.isZero()) {
            duration = null;
        }
    }

    /**
     * Reads the text of a setting; Spring's conversion finds this method by its name.
     *
     * @throws IllegalArgumentException if it is neither a duration nor {@code none}, or is negative
     */
    public static Lifetime valueOf(String text) {
        String value = text.trim();
        return new Lifetime(value.equalsIgnoreCase(NONE) ? null : DurationStyle.detectAndParse(value));
    }

    /** Reads a number that YAML has parsed already. */
    public static Lifetime valueOf(Integer millis) {
        return new Lifetime(Duration.ofMillis(millis));
    }

    /** Reads a number that YAML has parsed already. */
    public static Lifetime valueOf(Long millis) {
        return new Lifetime(Duration.ofMillis(millis));
    }

    @Override
    public String toString() {
        return duration == null ? NONE : duration.toString();
    }
}
