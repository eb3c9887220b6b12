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

/** Makes the serializers of all but the JDK's classes report their first write to {@link FirstWriteDetector}. */
final class FirstWriteModifier extends ValueSerializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier type, ValueSerializer<?> serializer) {
        return ClassUtil.isJDKClass(type.getBeanClass()) ? serializer : new ReportingSerializer(serializer);
    }

    private static final class ReportingSerializer extends DelegatingSerializer {

        private volatile boolean reported;

        ReportingSerializer(ValueSerializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected ValueSerializer<Object> newDelegatingInstance(ValueSerializer<?> delegate) {
            return new ReportingSerializer(delegate);
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            report();
            super.serialize(value, generator, context);
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializationContext context, TypeSerializer type) {
            report();
            super.serializeWithType(value, generator, context, type);
        }

        private void report() {
            if (!reported) {
                reported = FirstWriteDetector.notifyListener();
            }
        }
    }
}
