package io.sessiontracker.json;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.bean.BuilderBasedDeserializer;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.util.ClassUtil;

/**
 * Follows the declared types of a session class and refuses those that cannot be stored, whatever the value. {@link RoundTrip}
 * covers what depends on a value.
 */
final class TypeGraph {

    private final DeserializationContext reading;
    private final SerializationContext writing;
    private final TypeDefinitions definitions;
    private final ElementEquality equality;
    private final Set<JavaType> visited = new HashSet<>();
    private final Set<Class<?>> classes = new HashSet<>();
    private final Set<String> properties = new HashSet<>();

    private TypeGraph(JsonMapper mapper) {
        this.reading = mapper._deserializationContext();
        this.writing = mapper._serializationContext();
        this.definitions = new TypeDefinitions(reading, writing);
        this.equality = new ElementEquality(definitions);
    }

    /**
     * Follows the types of a class.
     *
     * @throws RefusedStateException if one cannot be stored; names the property and the solution
     */
    static TypeGraph of(JsonMapper mapper, Class<?> type) {
        TypeGraph graph = new TypeGraph(mapper);
        JavaType root = mapper.constructType(type);
        graph.definitions.require(root, PropertyPath.ROOT);
        graph.visit(root, graph.reading.findNonContextualValueDeserializer(root), true, PropertyPath.ROOT);
        return graph;
    }

    /** Returns the application's classes, including the session class. */
    Set<Class<?>> classes() {
        return classes;
    }

    /** Returns the names of their JSON properties. */
    Set<String> properties() {
        return properties;
    }

    private void visit(JavaType type, @Nullable ValueDeserializer<?> deserializer, boolean isTyped, PropertyPath path) {
        if (deserializer == null) {
            return;
        }
        ValueDeserializer<?> reader = deserializer;
        while (reader.getDelegatee() != null) {
            reader = reader.getDelegatee();
        }
        boolean isPolymorphic = isTyped || reading.findTypeDeserializer(type) != null;
        if (reader instanceof AbstractDeserializer && !isPolymorphic) {
            throw abstractType(type, path);
        }
        if (reader instanceof AbstractDeserializer || reader instanceof BeanDeserializerBase) {
            if (visited.add(type)) {
                if (isPolymorphic) {
                    subtypes(type, path);
                }
                if (reader instanceof BeanDeserializerBase bean) {
                    bean(type, bean, path);
                }
            }
        } else if (StateFields.isContainerWithState(type.getRawClass())
                && reader instanceof ContainerDeserializerBase) {
            throw new RefusedStateException(
                    ("%s is a %s, which has fields beside its elements that JSON has no place for:"
                                    + " hold the collection in a field of a class, beside what else there is")
                            .formatted(path, type.getRawClass().getName()));
        } else if (type.getContentType() != null) {
            content(type, reader, path);
        }
    }

    private void content(JavaType type, ValueDeserializer<?> reader, PropertyPath path) {
        equality.require(type, path);
        JavaType content = type.getContentType();
        ValueDeserializer<?> contentReader =
                reader instanceof ContainerDeserializerBase<?> container ? container.getContentDeserializer() : null;
        if (contentReader == null) {
            contentReader = reading.findNonContextualValueDeserializer(content);
        }
        visit(content, contentReader, content.getTypeHandler() != null, type.isReferenceType() ? path : path.key());
    }

    private void subtypes(JavaType type, PropertyPath path) {
        DeserializationConfig config = reading.getConfig();
        Collection<NamedType> subtypes = config.getSubtypeResolver()
                .collectAndResolveSubtypesByTypeId(config, reading.introspectClassAnnotations(type));
        for (NamedType subtype : subtypes) {
            JavaType specialized = reading.constructType(subtype.getType());
            if (specialized.isConcrete()) {
                visit(specialized, reading.findNonContextualValueDeserializer(specialized), true, path);
            }
        }
    }

    private void bean(JavaType type, BeanDeserializerBase reader, PropertyPath path) {
        Class<?> raw = type.getRawClass();
        if (Throwable.class.isAssignableFrom(raw)) {
            return;
        }
        ValueSerializer<?> writer = writing.findValueSerializer(type);
        boolean isWrittenAsBean = writer instanceof BeanSerializerBase;
        if (ClassUtil.isJDKClass(raw)) {
            throw new RefusedStateException(
                    ("%s is a %s, which is not made to be stored: mark it with transient, or give"
                                    + " it a serializer and a deserializer")
                            .formatted(path, raw.getName()));
        }
        classes.add(raw);
        writer.properties().forEachRemaining(property -> properties.add(property.getName()));
        if (isWrittenAsBean && !(reader instanceof BuilderBasedDeserializer)) {
            if (!path.text().isEmpty()) {
                requireInstances(raw, reader.getValueInstantiator(), path);
            }
            StateFields.requireStored(type, writing, reading, path);
        }
        for (Iterator<SettableBeanProperty> all = reader.properties(); all.hasNext(); ) {
            SettableBeanProperty property = all.next();
            properties.add(property.getName());
            visit(
                    property.getType(),
                    property.getValueDeserializer(),
                    property.hasValueTypeDeserializer(),
                    path.property(property.getName()));
        }
    }

    private static void requireInstances(Class<?> type, ValueInstantiator instances, PropertyPath path) {
        if (!instances.canCreateUsingDefault()
                && !instances.canCreateFromObjectWith()
                && !instances.canCreateUsingDelegate()
                && !instances.canCreateUsingArrayDelegate()) {
            throw new RefusedStateException(
                    ("%s is a %s, of which Jackson can make no instance: give it a constructor without parameters, of"
                                    + " any visibility, or a @JsonCreator; an inner class must be static")
                            .formatted(path, type.getName()));
        }
    }

    private static RefusedStateException abstractType(JavaType type, PropertyPath path) {
        return new RefusedStateException(
                ("%s is declared as %s, and JSON would not say which class it is: declare a concrete class, name the"
                                + " possible ones with @JsonTypeInfo, or mark it with transient or @JsonIgnore")
                        .formatted(path, type.getRawClass().getTypeName()));
    }
}
