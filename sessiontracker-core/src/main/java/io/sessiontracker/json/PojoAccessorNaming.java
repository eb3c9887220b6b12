package io.sessiontracker.json;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AccessorNamingStrategy;
import tools.jackson.databind.introspect.AnnotatedClass;

/** Decorates the naming of plain classes' accessors; that of builders and records is unchanged. */
abstract class PojoAccessorNaming extends AccessorNamingStrategy.Provider {

    private static final long serialVersionUID = 1L;

    private final AccessorNamingStrategy.Provider delegate;

    PojoAccessorNaming(AccessorNamingStrategy.Provider delegate) {
        this.delegate = delegate;
    }

    abstract AccessorNamingStrategy decorate(AccessorNamingStrategy names, MapperConfig<?> config, AnnotatedClass type);

    @Override
    public AccessorNamingStrategy forPOJO(MapperConfig<?> config, AnnotatedClass type) {
        return decorate(delegate.forPOJO(config, type), config, type);
    }

    @Override
    public AccessorNamingStrategy forBuilder(MapperConfig<?> config, AnnotatedClass builder, BeanDescription type) {
        return delegate.forBuilder(config, builder, type);
    }

    @Override
    public AccessorNamingStrategy forRecord(MapperConfig<?> config, AnnotatedClass type) {
        return delegate.forRecord(config, type);
    }
}
