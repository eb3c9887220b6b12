package io.sessiontracker.autoconfigure.types;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Registers a session class and the types of its fields for Jackson's reflection. Spring's own binding hints follow getters only.
 */
final class SessionHints {

    private static final String ANNOTATIONS = "com.fasterxml.jackson.annotation.";

    private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
    private final ReflectionHints hints;
    private final Set<Class<?>> seen = new HashSet<>();

    SessionHints(ReflectionHints hints) {
        this.hints = hints;
    }

    void register(ResolvableType type) {
        if (type.isArray()) {
            register(type.getComponentType());
        }
        for (ResolvableType generic : type.getGenerics()) {
            register(generic);
        }
        Class<?> raw = type.resolve(Object.class);
        if (!raw.isPrimitive() && !raw.isArray() && !raw.getName().startsWith("java.") && seen.add(raw)) {
            binding.registerReflectionHints(hints, raw);
            registerMembers(raw);
            subtypes(raw).forEach(subtype -> register(ResolvableType.forClass(subtype)));
        }
    }

    /** Constructors and fields of any visibility, of superclasses too. */
    private void registerMembers(Class<?> type) {
        for (Class<?> part = type; part != null && part != Object.class; part = part.getSuperclass()) {
            hints.registerType(
                    part,
                    MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                    MemberCategory.INVOKE_DECLARED_METHODS,
                    MemberCategory.ACCESS_DECLARED_FIELDS);
            for (Field field : part.getDeclaredFields()) {
                register(ResolvableType.forField(field));
                namedSubtypes(field).forEach(subtype -> register(ResolvableType.forClass(subtype)));
            }
            for (ResolvableType argument :
                    ResolvableType.forClass(part).getSuperType().getGenerics()) {
                register(argument);
            }
        }
    }

    /** Returns the subtypes that Jackson knows: permitted classes, and those that its annotations name. */
    private static Stream<Class<?>> subtypes(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return Stream.concat(permitted == null ? Stream.empty() : Arrays.stream(permitted), namedSubtypes(type));
    }

    /** Reads the annotations by name, as Jackson is optional. */
    private static Stream<Class<?>> namedSubtypes(AnnotatedElement element) {
        MergedAnnotations annotations = MergedAnnotations.from(element);
        MergedAnnotation<Annotation> subtypes = annotations.get(ANNOTATIONS + "JsonSubTypes");
        MergedAnnotation<Annotation> typeInfo = annotations.get(ANNOTATIONS + "JsonTypeInfo");
        return Stream.concat(
                subtypes.isPresent()
                        ? Arrays.stream(subtypes.getAnnotationArray("value", Annotation.class))
                                .map(subtype -> subtype.getClass("value"))
                        : Stream.empty(),
                typeInfo.isPresent() ? Stream.of(typeInfo.getClass("defaultImpl")) : Stream.empty());
    }
}
