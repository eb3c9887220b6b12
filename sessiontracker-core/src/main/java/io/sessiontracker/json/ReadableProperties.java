package io.sessiontracker.json;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Writes only properties that are read, too: what a getter computes is no state and may differ each time. */
final class ReadableProperties extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    private final transient DeserializationConfig reading;

    ReadableProperties(DeserializationConfig reading) {
        this.reading = reading;
    }

    @Override
    public List<BeanPropertyWriter> changeProperties(
            SerializationConfig config, BeanDescription.Supplier type, List<BeanPropertyWriter> writers) {
        ClassIntrospector introspector = reading.classIntrospectorInstance().forOperation(reading);
        Set<String> readable = introspector
                .introspectForDeserialization(type.getType(), introspector.introspectClassAnnotations(type.getType()))
                .findProperties()
                .stream()
                .filter(BeanPropertyDefinition::couldDeserialize)
                .map(BeanPropertyDefinition::getName)
                .collect(Collectors.toSet());
        writers.removeIf(writer -> !readable.contains(writer.getName()));
        return writers;
    }
}
