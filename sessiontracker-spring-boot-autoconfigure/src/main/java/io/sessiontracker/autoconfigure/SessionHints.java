package io.sessiontracker.autoconfigure;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.core.ResolvableType;

/**
 * Lets Jackson reach a session class and the types of what is in it. Spring's own hints for data follow getters; a session may
 * as well have plain fields.
 */
final class SessionHints {

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
            }
        }
    }
}
