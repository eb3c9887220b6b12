package io.sessiontracker;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks keys, properties and type names. Each message states the rule that was broken. */
final class SessionRules {

    private static final int MAX_KEY_BYTES = 512;
    private static final int MAX_REMINDER_NAME_BYTES = 64;
    private static final int MAX_PROPERTY_VALUE_BYTES = 1024;
    private static final int MAX_PROPERTIES_BYTES = 16 * 1024;
    private static final Pattern TYPE_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern WORD_BOUNDARY = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final String NOT_IN_PROPERTY_KEY = " \t\r\n\"'(),[]{}\\";
    private static final Set<String> FILTER_WORDS = Set.of("and", "or", "not", "is", "eq", "ne", "in", "has", "all");

    private SessionRules() {}

    static boolean isTypeName(String name) {
        return TYPE_NAME.matcher(name).matches();
    }

    static String requireKey(String key) {
        return requireName(key, "A session's key", MAX_KEY_BYTES);
    }

    static String requireReminderName(String name) {
        return requireName(name, "A reminder's name", MAX_REMINDER_NAME_BYTES);
    }

    private static String requireName(String name, String what, int maxBytes) {
        Objects.requireNonNull(name, what + " must not be null");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                throw new IllegalArgumentException("%s must have no control characters; it has U+%04X at index %d"
                        .formatted(what, (int) name.charAt(i), i));
            }
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank; this one is nothing but white space");
        }
        int bytes = utf8Length(name, what, name);
        if (bytes > maxBytes) {
            throw new IllegalArgumentException(
                    "%s must be at most %d bytes of UTF-8; this one is %d".formatted(what, maxBytes, bytes));
        }
        return name;
    }

    static Duration requirePositive(Duration duration, String what) {
        Objects.requireNonNull(duration, what + " must not be null");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s must be positive; it is %s".formatted(what, duration));
        }
        return duration;
    }

    static void requireProperties(Map<String, String> properties) {
        int total = 0;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            total += requirePropertyKey(property.getKey());
            total += requirePropertyValue(property.getKey(), property.getValue());
        }
        if (total > MAX_PROPERTIES_BYTES) {
            throw new IllegalArgumentException(
                    "A session's properties must be at most %d bytes of UTF-8 together; these are %d"
                            .formatted(MAX_PROPERTIES_BYTES, total));
        }
    }

    static int requirePropertyKey(String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("A property's key must be neither null nor empty");
        }
        if (name.startsWith("$")) {
            throw new IllegalArgumentException(
                    "A property's key must not begin with '$', which is reserved for fixed properties: \"" + name
                            + "\"");
        }
        for (int i = 0; i < name.length(); i++) {
            if (NOT_IN_PROPERTY_KEY.indexOf(name.charAt(i)) >= 0) {
                throw new IllegalArgumentException(
                        "A property's key must have no blank, tab, line break, quote, parenthesis, bracket, brace,"
                                + " comma or"
                                + " backslash; \"%s\" has U+%04X at index %d".formatted(name, (int) name.charAt(i), i));
            }
        }
        if (FILTER_WORDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "A property's key must not be a word of the filter language: \"" + name + "\"");
        }
        return utf8Length(name, "A property's key", name);
    }

    private static int requirePropertyValue(String name, String value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "The property \"" + name + "\" has no value; remove a property instead of setting it to null");
        }
        int bytes = utf8Length(value, "The value of the property \"%1$s\"", name);
        if (bytes > MAX_PROPERTY_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "The value of the property \"%s\" must be at most %d bytes of UTF-8; it is %d"
                            .formatted(name, MAX_PROPERTY_VALUE_BYTES, bytes));
        }
        return bytes;
    }

    /**
     * Counts instead of encoding, as it is done for each operation. Refuses what UTF-8 cannot carry: two different unpaired
     * surrogates would become the same stored bytes.
     */
    private static int utf8Length(String text, String what, String name) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException(
                        (what + " must be well-formed Unicode; it has an unpaired surrogate at index %2$d")
                                .formatted(name, i));
            }
        }
        return bytes;
    }

    static String requireTypeName(Class<?> type) {
        SessionType annotation = type.getDeclaredAnnotation(SessionType.class);
        String name = annotation != null ? annotation.value() : kebabCase(type.getSimpleName());
        if (TYPE_NAME.matcher(name).matches()) {
            return name;
        }
        if (annotation != null) {
            throw new IllegalStateException(
                    ("@SessionType(\"%s\") on %s is no type name: it must begin with one of a-z and 0-9"
                                    + " and go on with at most 63 of a-z, 0-9 and '-'")
                            .formatted(name, type.getName()));
        }
        throw new IllegalStateException(
                "The name of %s gives no session type name; annotate the class with @SessionType(\"…\")"
                        .formatted(type.getName()));
    }

    static int requireStateVersion(Class<?> type) {
        SessionType annotation = type.getDeclaredAnnotation(SessionType.class);
        int version = annotation == null ? 1 : annotation.version();
        if (version < 1) {
            throw new IllegalStateException(
                    "@SessionType on %s says version %d: versions begin with 1".formatted(type.getName(), version));
        }
        return version;
    }

    static String displayName(Class<?> type) {
        try {
            return requireTypeName(type);
        } catch (IllegalStateException noTypeName) {
            return type.getName();
        }
    }

    /** Lower case for ASCII letters only: the Kelvin sign would become a plain k, and two classes one type. */
    private static String kebabCase(String simpleName) {
        String words = WORD_BOUNDARY.matcher(simpleName).replaceAll("-");
        return words.chars().allMatch(c -> c < 0x80) ? words.toLowerCase(Locale.ROOT) : "";
    }
}
