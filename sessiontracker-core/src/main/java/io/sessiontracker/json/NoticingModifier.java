package io.sessiontracker.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.DelegatingSerializer;
import tools.jackson.databind.util.ClassUtil;

/** Lets the serializers of all but the JDK's own classes tell when they write their first value. */
final class NoticingModifier extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier type, ValueSerializer<?> serializer) {
        return ClassUtil.isJDKClass(type.getBeanClass()) ? serializer : new Noticing(serializer);
    }

    private static final class Noticing extends DelegatingSerializer {

        private volatile boolean told;

        Noticing(ValueSerializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected ValueSerializer<Object> newDelegatingInstance(ValueSerializer<?> delegate) {
            return new Noticing(delegate);
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            tell();
            super.serialize(value, generator, context);
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializationContext context, TypeSerializer type) {
            tell();
            super.serializeWithType(value, generator, context, type);
        }

        private void tell() {
            if (!told) {
                told = FirstWrites.tell();
            }
        }
    }
}
