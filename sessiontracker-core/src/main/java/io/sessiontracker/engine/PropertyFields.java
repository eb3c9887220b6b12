package io.sessiontracker.engine;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionProperty;
import io.sessiontracker.spi.SessionAddress;

/**
 * The fields of a class that are kept as properties, too. A class with at least one says by them and by the type's indexed properties
 * which properties its sessions have: so a wrong name is found where it is used.
 */
final class PropertyFields {

    private static final ClassValue<PropertyFields> OF_CLASSES = new ClassValue<>() {
        @Override
        protected PropertyFields computeValue(Class<?> type) {
            return new PropertyFields(type);
        }
    };

    private final List<PropertyField> fields;
    /** Those that were seen to be in the stored state. */
    private final Set<PropertyField> stored = ConcurrentHashMap.newKeySet();

    private PropertyFields(Class<?> type) {
        Map<String, PropertyField> byName = new HashMap<>();
        fields = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Session.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (field.isAnnotationPresent(SessionProperty.class)) {
                    PropertyField added = PropertyField.of(field);
                    PropertyField other = byName.put(added.property(), added);
                    if (other != null) {
                        throw PropertyField.refused(
                                field, "%s is the property \"%s\" already".formatted(other.name(), added.property()));
                    }
                    fields.add(added);
                }
            }
        }
    }

    /** @throws IllegalStateException if a field of that class cannot be kept so; names it */
    static PropertyFields of(Class<? extends Session> type) {
        return OF_CLASSES.get(type);
    }

    /** Returns the names of all properties that sessions of the type have; empty if they may have any. */
    Optional<Set<String>> names(Set<String> indexed) {
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>(indexed);
        fields.forEach(field -> names.add(field.property()));
        return Optional.of(names);
    }

    /**
     * Brings the properties of a fresh copy in step with its fields. A field without a value was not there when the session was stored
     * with the property: a write with such a field removes it.
     */
    void restore(SessionAddress address, Session copy) {
        for (PropertyField field : fields) {
            String text = field.text(copy);
            String property = copy.getProperties().get(field.property());
            if (text != null) {
                copy.getProperties().put(field.property(), text);
            } else if (property != null) {
                try {
                    field.set(copy, property);
                } catch (RuntimeException unreadable) {
                    throw new SessionCodecException(
                            address.type(),
                            address.key(),
                            "The stored property \"%s\" of %s is no value of the field %s"
                                    .formatted(field.property(), address, field.name()),
                            unreadable);
                }
            }
        }
        noteProperties(copy);
    }

    /**
     * Sets the properties to what the fields say.
     *
     * @throws IllegalArgumentException if one was changed instead of its field, or is none of the type's
     */
    void store(SessionTypeInfo<?> info, SessionAddress address, Session session) {
        if (fields.isEmpty()) {
            return;
        }
        Map<String, String> properties = session.getProperties();
        SessionInternals.requireProperties(properties);
        Map<String, String> before = SessionInternals.notedProperties(session);
        for (PropertyField field : fields) {
            String text = field.text(session);
            String property = properties.get(field.property());
            if (!Objects.equals(property, before.get(field.property())) && !Objects.equals(property, text)) {
                throw new IllegalArgumentException(
                        "The property \"%s\" of %s is kept by the field %s; change that, and not getProperties()"
                                .formatted(field.property(), address, field.name()));
            }
            if (text == null) {
                properties.remove(field.property());
            } else {
                properties.put(field.property(), text);
            }
        }
        requireKnown(info, address, properties, before);
        noteProperties(session);
    }

    private void requireKnown(
            SessionTypeInfo<?> info,
            SessionAddress address,
            Map<String, String> properties,
            Map<String, String> before) {
        Set<String> names = info.propertyNames().orElseThrow();
        for (String name : properties.keySet()) {
            if (!names.contains(name) && !before.containsKey(name)) {
                throw new IllegalArgumentException(
                        ("The property \"%s\" of %s is none of those of its class, %s; add a field with @SessionProperty, or the"
                                        + " name to session-tracker.types.%s.indexed-properties")
                                .formatted(name, address, names, address.type()));
            }
        }
    }

    private void noteProperties(Session session) {
        if (!fields.isEmpty()) {
            SessionInternals.notedProperties(session, session.getProperties());
        }
    }

    /** Returns whether a field has a value, and none was seen to be part of the stored state. */
    boolean needsProof(Session session) {
        return stored.size() < fields.size()
                && fields.stream().anyMatch(field -> !stored.contains(field) && field.text(session) != null);
    }

    /**
     * Checks that a copy, read from the state that is to be stored, has the same values.
     *
     * @throws SessionCodecException if the state lacks one
     */
    void prove(SessionAddress address, Session session, Session copy) {
        for (PropertyField field : fields) {
            String text = field.text(session);
            if (text != null && !text.equals(field.text(copy))) {
                throw new SessionCodecException(
                        address.type(),
                        address.key(),
                        "The field %s is a @SessionProperty, and not in the stored state of %s: let Jackson write and read it"
                                .formatted(field.name(), address),
                        null);
            }
            if (text != null) {
                stored.add(field);
            }
        }
    }
}
