package io.sessiontracker.json;

import java.util.Comparator;
import java.util.Set;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.DelegatingSerializer;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.util.TokenBuffer;

/** Writes the elements of sets in the order of their JSON, so that two writes can be compared. */
final class UnorderedSets extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper TREES = JsonMapper.shared();

    @Override
    public ValueSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType type,
            BeanDescription.Supplier description,
            ValueSerializer<?> serializer) {
        return type.isTypeOrSubTypeOf(Set.class) ? new Sorting(serializer) : serializer;
    }

    private static final class Sorting extends DelegatingSerializer {

        Sorting(ValueSerializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected ValueSerializer<Object> newDelegatingInstance(ValueSerializer<?> delegate) {
            return new Sorting(delegate);
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            JsonNode written = written(value, context);
            if (!written.isArray()) {
                context.writeTree(generator, written);
                return;
            }
            generator.writeStartArray();
            written.valueStream()
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .forEach(element -> context.writeTree(generator, element));
            generator.writeEndArray();
        }

        private JsonNode written(Object value, SerializationContext context) {
            try (TokenBuffer buffer = context.bufferForValueConversion()) {
                super.serialize(value, buffer, context);
                try (JsonParser parser = buffer.asParser()) {
                    return TREES.readTree(parser);
                }
            }
        }
    }
}
