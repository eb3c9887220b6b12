package io.sessiontracker.json;

import io.sessiontracker.Session;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;

/** Reports a session's unknown properties to {@link UnknownPropertyHandler} also if its class is annotated to ignore them. */
final class UnknownPropertiesReported extends ValueDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier type, ValueDeserializer<?> deserializer) {
        return Session.class.isAssignableFrom(type.getBeanClass()) && deserializer instanceof BeanDeserializerBase bean
                ? bean.withIgnoreAllUnknown(false)
                : deserializer;
    }
}
