package io.sessiontracker.autoconfigure.actuate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Hides the values of properties by their names. */
final class Redaction {

    /** The replacement that Spring Boot's own endpoints use. */
    static final String HIDDEN = "******";

    private final List<String> names;

    Redaction(Collection<String> names) {
        this.names = names.stream()
                .map(Redaction::plain)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    Map<String, String> ofProperties(Map<String, String> properties) {
        Map<String, String> shown = new TreeMap<>();
        properties.forEach((name, value) -> shown.put(name, isHidden(name) ? HIDDEN : value));
        return shown;
    }

    /** Returns a redacted copy of parsed JSON: maps, lists and plain values. */
    @Nullable
    Object of(@Nullable Object json) {
        if (json instanceof Map<?, ?> object) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            object.forEach((name, value) -> shown.put((String) name, isHidden((String) name) ? HIDDEN : of(value)));
            return shown;
        }
        return json instanceof List<?> array ? array.stream().map(this::of).toList() : json;
    }

    private boolean isHidden(String name) {
        String plain = plain(name);
        return names.stream().anyMatch(plain::contains);
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
