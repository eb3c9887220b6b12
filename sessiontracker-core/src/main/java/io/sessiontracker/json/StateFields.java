package io.sessiontracker.json;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sessiontracker.Session;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.util.ClassUtil;

/** Finds the fields of a class that are its state, and requires that all of them are written and read. */
final class StateFields {

    private StateFields() {}

    /** Returns those declared by the application's classes, the most derived first. */
    private static List<Field> of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> part = type; isApplicationClass(part); part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                if (isState(field)) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean isApplicationClass(Class<?> type) {
        return type != null && type != Session.class && !ClassUtil.isJDKClass(type);
    }

    private static boolean isState(Field field) {
        return !field.isSynthetic()
                && !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers())
                && !field.isAnnotationPresent(JsonIgnore.class);
    }

    /** Returns whether a collection or map class has fields beside its elements, which a JSON array cannot hold. */
    static boolean isContainerWithState(Class<?> type) {
        if (!Collection.class.isAssignableFrom(type) && !Map.class.isAssignableFrom(type)) {
            return false;
        }
        Class<?> base = type;
        while (isApplicationClass(base)) {
            base = base.getSuperclass();
        }
        return base != type && base != Object.class && !Modifier.isAbstract(base.getModifiers()) && !of(type).isEmpty();
    }

    /**
     * Refuses a field that would be lost.
     *
     * @throws RefusedStateException if there is one; names the field
     */
    static void requireStored(
            JavaType type, SerializationContext writing, DeserializationContext reading, PropertyPath path) {
        BeanDescription written = writing.introspectBeanDescription(type);
        BeanDescription read = reading.introspectBeanDescription(type);
        AnnotatedMember others = written.findAnyGetter();
        Set<String> ignored = new HashSet<>(written.getIgnoredPropertyNames());
        Set<String> writable = names(written, true);
        Set<String> readable = names(read, false);
        Set<String> hidden = new HashSet<>();
        for (Field field : of(type.getRawClass())) {
            String name = field.getName();
            PropertyPath inside = path.property(name);
            if (!hidden.add(name)) {
                throw refusal(inside, field, "is not stored: a subclass has a field of that name. Rename one of them");
            }
            if (ignored.contains(name) || others != null && others.getRawType() == field.getType()) {
                continue;
            }
            if (!writable.contains(name)) {
                throw refusal(
                        inside,
                        field,
                        "is not stored: an annotation hides it. Remove that, or mark what is not to be stored"
                                + " with transient or @JsonIgnore");
            }
            if (!readable.contains(name)) {
                throw refusal(
                        inside,
                        field,
                        "is stored, but would not be read. Give it a setter, or a parameter of the"
                                + " creator; mark what is not to be stored with transient or @JsonIgnore");
            }
        }
    }

    private static Set<String> names(BeanDescription description, boolean written) {
        Set<String> names = new HashSet<>();
        for (BeanPropertyDefinition property : description.findProperties()) {
            if (written ? property.couldSerialize() : property.couldDeserialize()) {
                names.add(property.getName());
                names.add(property.getInternalName());
                if (property.getField() != null) {
                    names.add(property.getField().getName());
                }
            }
        }
        return names;
    }

    private static RefusedStateException refusal(PropertyPath path, Field field, String why) {
        return new RefusedStateException("%s (a field of %s) %s"
                .formatted(path, field.getDeclaringClass().getName(), why));
    }
}
