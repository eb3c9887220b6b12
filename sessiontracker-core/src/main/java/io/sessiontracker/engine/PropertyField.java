package io.sessiontracker.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.function.Function;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionProperty;
import org.jspecify.annotations.Nullable;

/** A field that is kept as a property, too. */
record PropertyField(String property, Field field, Function<String, Object> reader) {

    /** @throws IllegalStateException if the field cannot be one */
    static PropertyField of(Field field) {
        String name = field.getAnnotation(SessionProperty.class).value();
        String property = name.isEmpty() ? field.getName() : name;
        try {
            SessionInternals.requirePropertyKey(property);
        } catch (IllegalArgumentException refused) {
            throw refused(field, refused.getMessage() + "; give another one by @SessionProperty(\"…\")");
        }
        if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) {
            throw refused(field, "it must be part of the session's state, neither static nor transient");
        }
        Function<String, Object> reader = PropertyTexts.reader(field.getType())
                .orElseThrow(() -> refused(
                        field,
                        "a property is a string, a number, a boolean, a character, an enum, a UUID, a URI, or a date, time or"
                                + " duration of java.time, and not a "
                                + field.getType().getSimpleName()));
        field.setAccessible(true);
        return new PropertyField(property, field, reader);
    }

    static IllegalStateException refused(Field field, String reason) {
        return new IllegalStateException(
                "The field %s cannot be a @SessionProperty: %s".formatted(name(field), reason));
    }

    String name() {
        return name(field);
    }

    private static String name(Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    /** Returns the text of the field's value; null if it has none. */
    @Nullable
    String text(Session session) {
        try {
            Object value = field.get(session);
            return value == null ? null : PropertyTexts.of(value);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Sets the field to what the property says. */
    void set(Session session, String text) {
        try {
            field.set(session, reader.apply(text));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
