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
 * Keeps Jackson from choosing a session's constructor by itself: whether it would depends on visibility and on the
 * compiler's {@code -parameters}. To be asked after the other introspectors, so that what is annotated stays.
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
