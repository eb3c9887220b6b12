package io.sessiontracker.json;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The path of a value in a session's state, such as {@code lines[0].article}. A map's key is data, and shown as {@code
 * […]}.
 */
record PropertyPath(String text) {

    static final PropertyPath ROOT = new PropertyPath("");

    private static final String KEY = "[…]";

    /** Returns where Jackson failed; names that are no properties are data, and hidden. */
    static PropertyPath of(List<JacksonException.Reference> references, Set<String> properties) {
        PropertyPath path = ROOT;
        for (JacksonException.Reference reference : references) {
            String name = reference.getPropertyName();
            if (name == null) {
                path = reference.getIndex() < 0 ? path : path.index(reference.getIndex());
            } else {
                path = isMap(reference.from()) || !properties.contains(name) ? path.key() : path.property(name);
            }
        }
        return path;
    }

    private static boolean isMap(@Nullable Object from) {
        return from instanceof Map || from instanceof Class<?> type && Map.class.isAssignableFrom(type);
    }

    PropertyPath property(String name) {
        return new PropertyPath(text.isEmpty() ? name : text + "." + name);
    }

    PropertyPath index(int index) {
        return new PropertyPath(text + "[" + index + "]");
    }

    PropertyPath key() {
        return new PropertyPath(text + KEY);
    }

    /** Returns the first property; empty for the session itself, or if the name is data. */
    String first() {
        String first = text.split("[.\\[]", 2)[0];
        return first;
    }

    /** Returns such as {@code property "lines[0].article"}. */
    @Override
    public String toString() {
        return text.isEmpty() ? "the session" : "property \"" + text + "\"";
    }
}
