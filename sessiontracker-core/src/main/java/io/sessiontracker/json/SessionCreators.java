package io.sessiontracker.json;

import java.lang.reflect.Constructor;
import java.util.Arrays;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedWithParams;

/**
 * Prevents Jackson from choosing a session's constructor implicitly, which would depend on visibility and on the compiler's
 * {@code -parameters}. Ordered after other introspectors, so that annotated creators stay.
 */
final class SessionCreators extends AnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
        return annotated instanceof AnnotatedWithParams creator
                        && Session.class.isAssignableFrom(creator.getDeclaringClass())
                        && !hasNamedParameter(config, creator)
                        && !isOfKotlin(config, creator.getDeclaringClass())
                ? JsonCreator.Mode.DISABLED
                : null;
    }

    /** Jackson's Kotlin module chooses the primary constructor, and knows its parameters in any case. */
    private static boolean isOfKotlin(MapperConfig<?> config, Class<?> type) {
        return Arrays.stream(type.getAnnotations())
                        .anyMatch(it -> it.annotationType().getName().equals("kotlin.Metadata"))
                && Arrays.stream(type.getDeclaredConstructors()).noneMatch(SessionCreators::takesOnlyKey)
                && config.getAnnotationIntrospector().allIntrospectors().stream()
                        .anyMatch(it -> it.getClass().getName().startsWith("tools.jackson.module.kotlin."));
    }

    private static boolean takesOnlyKey(Constructor<?> constructor) {
        return Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {String.class});
    }

    private static boolean hasNamedParameter(MapperConfig<?> config, AnnotatedWithParams creator) {
        for (int i = 0; i < creator.getParameterCount(); i++) {
            if (config.getAnnotationIntrospector().findNameForDeserialization(config, creator.getParameter(i))
                    != null) {
                return true;
            }
        }
        return false;
    }
}
