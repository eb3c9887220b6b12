package io.sessiontracker.json;

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
                ? JsonCreator.Mode.DISABLED
                : null;
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
