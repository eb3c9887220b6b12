package io.sessiontracker.json;

import java.lang.annotation.Annotation;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AccessorNamingStrategy;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.util.ClassUtil;

/**
 * Makes fields the state. A getter with a field but no setter does not replace its field, as it may filter or convert, which
 * could not be undone. A getter with a setter is used as a pair, as is one with a Jackson annotation. The field behind an
 * any-getter is not written in addition.
 */
final class StateAccessorNaming extends PojoAccessorNaming {

    private static final long serialVersionUID = 1L;

    StateAccessorNaming(AccessorNamingStrategy.Provider delegate) {
        super(delegate);
    }

    @Override
    AccessorNamingStrategy decorate(AccessorNamingStrategy names, MapperConfig<?> config, AnnotatedClass type) {
        return ClassUtil.isJDKClass(type.getRawType()) ? names : new FieldsFirst(names, config, type);
    }

    private static final class FieldsFirst extends AccessorNamingStrategy {

        private final AccessorNamingStrategy delegate;
        private final MapperConfig<?> config;
        private final AnnotatedClass type;

        FieldsFirst(AccessorNamingStrategy delegate, MapperConfig<?> config, AnnotatedClass type) {
            this.delegate = delegate;
            this.config = config;
            this.type = type;
        }

        @Override
        public @Nullable String findNameForIsGetter(AnnotatedMethod method, String name) {
            return unlessAlone(method, delegate.findNameForIsGetter(method, name));
        }

        @Override
        public @Nullable String findNameForRegularGetter(AnnotatedMethod method, String name) {
            return unlessAlone(method, delegate.findNameForRegularGetter(method, name));
        }

        @Override
        public @Nullable String findNameForMutator(AnnotatedMethod method, String name) {
            return delegate.findNameForMutator(method, name);
        }

        @Override
        public @Nullable String modifyFieldName(AnnotatedField field, String name) {
            return isBehindAnyGetter(field) ? null : delegate.modifyFieldName(field, name);
        }

        private @Nullable String unlessAlone(AnnotatedMethod method, @Nullable String property) {
            return property == null || isAnnotated(method) || hasSetter(property) || !hasField(property)
                    ? property
                    : null;
        }

        private static boolean isAnnotated(AnnotatedMethod method) {
            return method.annotations()
                    .map(Annotation::annotationType)
                    .anyMatch(annotation -> annotation.isAnnotationPresent(JacksonAnnotation.class));
        }

        private boolean hasSetter(String property) {
            return methods()
                    .anyMatch(method -> method.getParameterCount() == 1
                            && property.equals(delegate.findNameForMutator(method, method.getName())));
        }

        private boolean hasField(String property) {
            return fields().anyMatch(field -> field.getName().equals(property));
        }

        /** If several fields qualify none does: writing twice is better than losing state. */
        private boolean isBehindAnyGetter(AnnotatedField field) {
            return methods()
                            .anyMatch(method -> Boolean.TRUE.equals(
                                            config.getAnnotationIntrospector().hasAnyGetter(config, method))
                                    && method.getType().equals(field.getType()))
                    && fields().filter(it -> it.getType().equals(field.getType()))
                                    .count()
                            == 1;
        }

        private Stream<AnnotatedMethod> methods() {
            return StreamSupport.stream(type.memberMethods().spliterator(), false);
        }

        private Stream<AnnotatedField> fields() {
            return StreamSupport.stream(type.fields().spliterator(), false)
                    .filter(field -> field.getDeclaringClass() != Session.class);
        }
    }
}
