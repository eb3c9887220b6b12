package io.sessiontracker.json;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.GeneratorSettings;
import tools.jackson.databind.cfg.SerializationContexts;
import tools.jackson.databind.ser.SerializationContextExt;
import tools.jackson.databind.ser.SerializerCache;
import tools.jackson.databind.ser.SerializerFactory;

/**
 * Notices when a class is written in a place for the first time. Jackson looks a serializer up once for each runtime class
 * and place, and remembers it there: so later writes cost nothing. Where a place can hold only one class there is no such
 * look-up; {@link NoticingModifier} is for these.
 */
final class FirstWrites extends SerializationContexts {

    private static final long serialVersionUID = 1L;

    /** More places than an application has; beyond that they are forgotten, and proved again. */
    private static final int MAX_PLACES = 50_000;

    private final transient Set<Place> places = ConcurrentHashMap.newKeySet();

    FirstWrites() {}

    private FirstWrites(TokenStreamFactory streams, SerializerFactory serializers, SerializerCache cache) {
        super(streams, serializers, cache);
    }

    /** Is told of what a write of the same thread writes for the first time. */
    interface Listener {
        void firstWrite();
    }

    /** An attribute of the write would do as well, but copies the writer's configuration each time. */
    private static final ThreadLocal<Listener> LISTENER = new ThreadLocal<>();

    static <T> T listening(Listener listener, Supplier<T> write) {
        Listener outer = LISTENER.get();
        LISTENER.set(listener);
        try {
            return write.get();
        } finally {
            if (outer == null) {
                LISTENER.remove();
            } else {
                LISTENER.set(outer);
            }
        }
    }

    /** Returns whether somebody wanted to know. */
    static boolean tell() {
        Listener listener = LISTENER.get();
        if (listener == null) {
            return false;
        }
        listener.firstWrite();
        return true;
    }

    @Override
    protected SerializationContexts forMapper(
            Object mapper, TokenStreamFactory streams, SerializerFactory serializers, SerializerCache cache) {
        return new FirstWrites(streams, serializers, cache);
    }

    @Override
    public SerializationContextExt createContext(SerializationConfig config, GeneratorSettings settings) {
        return new Context(_streamFactory, config, settings, _serializerFactory, _cache);
    }

    /** Jackson forgets a place's serializers when there are many. */
    private void lookedUp(@Nullable BeanProperty property, Object type) {
        Place place = new Place(property, type);
        if (!places.contains(place) && tell()) {
            if (places.size() >= MAX_PLACES) {
                places.clear();
            }
            places.add(place);
        }
    }

    private record Place(@Nullable BeanProperty property, Object type) {}

    private final class Context extends SerializationContextExt {

        Context(
                TokenStreamFactory streams,
                SerializationConfig config,
                GeneratorSettings settings,
                SerializerFactory serializers,
                SerializerCache cache) {
            super(streams, config, settings, serializers, cache);
        }

        @Override
        public ValueSerializer<Object> findPrimaryPropertySerializer(JavaType type, BeanProperty property) {
            lookedUp(property, type);
            return super.findPrimaryPropertySerializer(type, property);
        }

        @Override
        public ValueSerializer<Object> findPrimaryPropertySerializer(Class<?> type, BeanProperty property) {
            lookedUp(property, type);
            return super.findPrimaryPropertySerializer(type, property);
        }

        @Override
        public ValueSerializer<Object> findContentValueSerializer(JavaType type, BeanProperty property) {
            lookedUp(property, type);
            return super.findContentValueSerializer(type, property);
        }

        @Override
        public ValueSerializer<Object> findContentValueSerializer(Class<?> type, BeanProperty property) {
            lookedUp(property, type);
            return super.findContentValueSerializer(type, property);
        }

        @Override
        public ValueSerializer<Object> findKeySerializer(Class<?> type, BeanProperty property) {
            lookedUp(property, type);
            return super.findKeySerializer(type, property);
        }
    }
}
