package io.sessiontracker.json;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AccessorNamingStrategy;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMethod;

/**
 * Hides the fields and getters of {@link Session} itself. Ignoring the properties by name would silently drop a subclass's
 * property of such a name; this way it stays visible and can be refused.
 */
final class SessionAccessorNaming extends PojoAccessorNaming {

    private static final long serialVersionUID = 1L;

    SessionAccessorNaming(AccessorNamingStrategy.Provider delegate) {
        super(delegate);
    }

    @Override
    AccessorNamingStrategy decorate(AccessorNamingStrategy names, MapperConfig<?> config, AnnotatedClass type) {
        return Session.class.isAssignableFrom(type.getRawType()) ? new WithoutSession(names) : names;
    }

    private static final class WithoutSession extends AccessorNamingStrategy {

        private final AccessorNamingStrategy delegate;

        WithoutSession(AccessorNamingStrategy delegate) {
            this.delegate = delegate;
        }

        @Override
        public @Nullable String findNameForIsGetter(AnnotatedMethod method, String name) {
            return isOfSession(method) ? null : delegate.findNameForIsGetter(method, name);
        }

        @Override
        public @Nullable String findNameForRegularGetter(AnnotatedMethod method, String name) {
            return isOfSession(method) ? null : delegate.findNameForRegularGetter(method, name);
        }

        @Override
        public @Nullable String findNameForMutator(AnnotatedMethod method, String name) {
            return isOfSession(method) ? null : delegate.findNameForMutator(method, name);
        }

        @Override
        public @Nullable String modifyFieldName(AnnotatedField field, String name) {
            return field.getDeclaringClass() == Session.class ? null : delegate.modifyFieldName(field, name);
        }

        private static boolean isOfSession(AnnotatedMethod method) {
            return method.getDeclaringClass() == Session.class;
        }
    }
}
