package io.sessiontracker.json;

import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.GeneratorSettings;
import tools.jackson.databind.ser.SerializationContextExt;
import tools.jackson.databind.ser.SerializerCache;
import tools.jackson.databind.ser.SerializerFactory;

/** One write, which reports to a {@link FirstWriteDetector} the serializers that it has to look up. */
final class FirstWriteContext extends SerializationContextExt {

    private final FirstWriteDetector detector;

    FirstWriteContext(
            FirstWriteDetector detector,
            TokenStreamFactory streams,
            SerializationConfig config,
            GeneratorSettings settings,
            SerializerFactory serializers,
            SerializerCache cache) {
        super(streams, config, settings, serializers, cache);
        this.detector = detector;
    }

    @Override
    public ValueSerializer<Object> findPrimaryPropertySerializer(JavaType type, BeanProperty property) {
        detector.lookedUp(property, type);
        return super.findPrimaryPropertySerializer(type, property);
    }

    @Override
    public ValueSerializer<Object> findPrimaryPropertySerializer(Class<?> type, BeanProperty property) {
        detector.lookedUp(property, type);
        return super.findPrimaryPropertySerializer(type, property);
    }

    @Override
    public ValueSerializer<Object> findContentValueSerializer(JavaType type, BeanProperty property) {
        detector.lookedUp(property, type);
        return super.findContentValueSerializer(type, property);
    }

    @Override
    public ValueSerializer<Object> findContentValueSerializer(Class<?> type, BeanProperty property) {
        detector.lookedUp(property, type);
        return super.findContentValueSerializer(type, property);
    }

    @Override
    public ValueSerializer<Object> findKeySerializer(Class<?> type, BeanProperty property) {
        detector.lookedUp(property, type);
        return super.findKeySerializer(type, property);
    }
}
