package io.sessiontracker.json;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.cfg.GeneratorSettings;
import tools.jackson.databind.cfg.SerializationContexts;
import tools.jackson.databind.ser.SerializationContextExt;
import tools.jackson.databind.ser.SerializerCache;
import tools.jackson.databind.ser.SerializerFactory;

/**
 * Detects when a class is first written as the value of a property. Jackson looks a serializer up once for each property and
 * runtime class, and caches it, so later writes cost nothing. For a property that can hold only one class there is no such
 * look-up; {@link FirstWriteModifier} covers these.
 */
final class FirstWriteDetector extends SerializationContexts {

    private static final long serialVersionUID = 1L;

    /** More than an application has; beyond that all are forgotten, and verified again. */
    private static final int MAX_USAGES = 50_000;

    private final transient Set<Usage> usages = ConcurrentHashMap.newKeySet();

    FirstWriteDetector() {}

    private FirstWriteDetector(TokenStreamFactory streams, SerializerFactory serializers, SerializerCache cache) {
        super(streams, serializers, cache);
    }

    /** Notified of first writes in the same thread. */
    interface Listener {
        void firstWrite();
    }

    /** An attribute of the write would copy the writer's configuration each time. */
    private static final ThreadLocal<Listener> LISTENER = new ThreadLocal<>();

    static <T> T withListener(Listener listener, Supplier<T> write) {
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

    /** Notifies the thread's listener; returns whether there is one. */
    static boolean notifyListener() {
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
        return new FirstWriteDetector(streams, serializers, cache);
    }

    @Override
    public SerializationContextExt createContext(SerializationConfig config, GeneratorSettings settings) {
        return new FirstWriteContext(this, _streamFactory, config, settings, _serializerFactory, _cache);
    }

    /** Called more than once for a usage, as Jackson drops cached serializers when there are many. */
    void lookedUp(@Nullable BeanProperty property, Object type) {
        Usage usage = new Usage(property, type);
        if (!usages.contains(usage) && notifyListener()) {
            if (usages.size() >= MAX_USAGES) {
                usages.clear();
            }
            usages.add(usage);
        }
    }

    private record Usage(@Nullable BeanProperty property, Object type) {}
}
