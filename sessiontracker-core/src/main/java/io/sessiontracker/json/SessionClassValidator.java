package io.sessiontracker.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedWithParams;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.introspect.PotentialCreator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;

/** Inspects with Jackson how a class is written and read, and refuses a class that cannot be stored faithfully. */
final class SessionClassValidator<S extends Session> {

    private static final Set<String> METADATA =
            Set.of(CreatorKey.KEY, "id", "version", "startedAt", "expiresAt", "properties", StoredJson.VERSION);

    private final SessionMappers mappers;
    private final JsonMapper mapper;
    private final VersionSteps versions;
    private final Class<S> type;
    private final BeanDescription description;

    private SessionClassValidator(SessionMappers mappers, VersionSteps versions, Class<S> type) {
        this.mappers = mappers;
        this.mapper = mappers.reading();
        this.versions = versions;
        this.type = type;
        DeserializationConfig config = mapper.deserializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance().forOperation(config);
        JavaType javaType = mapper.constructType(type);
        AnnotatedClass annotated = introspector.introspectClassAnnotations(javaType);
        if (config.getAnnotationIntrospector().findPOJOBuilder(config, annotated) != null) {
            throw refusal("is read by a builder; give it a @JsonCreator instead");
        }
        this.description = introspector.introspectForDeserialization(javaType, annotated);
    }

    /** Returns the model of a class. */
    static <S extends Session> SessionClassModel<S> validate(
            SessionMappers mappers, VersionSteps versions, Class<S> type) {
        requireConcrete(type);
        try {
            return new SessionClassValidator<>(mappers, versions, type).model();
        } catch (RefusedStateException refused) {
            throw new IllegalStateException(
                    "The session class %s cannot be stored: %s".formatted(type.getName(), refused.reason()), refused);
        } catch (JacksonException | IllegalArgumentException unusable) {
            throw new IllegalStateException(
                    "Jackson cannot write and read %s: %s".formatted(type.getName(), unusable.getMessage()), unusable);
        }
    }

    private static void requireConcrete(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw refusal(type, "is abstract; use a concrete class");
        }
        if (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers())) {
            throw refusal(type, "is an inner or local class; make it a static nested or a top-level class");
        }
    }

    private SessionClassModel<S> model() {
        PotentialCreator creator = description.getPotentialCreators().propertiesBased;
        String keyProperty = creator == null ? CreatorKey.KEY : requireCreatorKey();
        SessionClassModel.Creation creation = creator == null ? requireCreation() : null;
        TypeGraph graph = TypeGraph.of(mapper, type);
        Set<String> properties = writtenProperties();
        properties.forEach(this::requireNoMetadata);
        for (BeanPropertyDefinition property : description.findProperties()) {
            boolean isKey = creator != null && property.getName().equals(keyProperty);
            if (property.couldDeserialize() && !isKey) {
                requireNoMetadata(property.getName());
            }
            properties.add(property.getName());
        }
        Set<String> own = Set.copyOf(properties);
        properties.addAll(graph.properties());
        Set<Class<?>> classes = new HashSet<>(graph.classes());
        classes.add(type);
        return new SessionClassModel<>(
                type,
                Set.copyOf(properties),
                Set.copyOf(classes),
                mappers.writing().writerFor(type),
                reader(own),
                creation,
                keyProperty,
                versions,
                mappers.trees());
    }

    /** Returns a reader that keeps what the class does not know, unless the mapper or the class says that this is an error. */
    private ObjectReader reader(Set<String> own) {
        ObjectReader reader = mapper.readerFor(type);
        return mapper.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES) && !ignoresUnknown()
                ? reader
                : reader.withHandler(new UnknownPropertyHandler(type, own));
    }

    private boolean ignoresUnknown() {
        DeserializationConfig config = mapper.deserializationConfig();
        return config.getAnnotationIntrospector()
                .findPropertyIgnoralByName(config, description.getClassInfo())
                .getIgnoreUnknown();
    }

    private String requireCreatorKey() {
        return description.findProperties().stream()
                .filter(CreatorKey::isOf)
                .map(BeanPropertyDefinition::getName)
                .findFirst()
                .orElseThrow(() -> refusal("has a @JsonCreator without the key; give it a parameter"
                        + " @JsonProperty(\"key\") String key, and pass that to the constructor of Session"));
    }

    /** A delegating creator must have a single parameter, the key. */
    private SessionClassModel.Creation requireCreation() {
        for (PotentialCreator delegating : description.getPotentialCreators().getExplicitDelegating()) {
            AnnotatedWithParams creator = delegating.creator();
            if (creator.getParameterCount() != 1 || creator.getRawParameterType(0) != String.class) {
                throw refusal("has a @JsonCreator that takes the JSON as a whole; use mode = PROPERTIES"
                        + " and a parameter @JsonProperty(\"key\") String key");
            }
            creator.fixAccess(true);
            return creator::call1;
        }
        Constructor<S> constructor = keyConstructor();
        if (constructor == null) {
            throw refusal("has no constructor that takes the key and nothing else; add one with a single String,"
                    + " or a @JsonCreator with a parameter @JsonProperty(\"key\") String key");
        }
        if (!constructor.trySetAccessible()) {
            throw refusal("has a constructor that cannot be called; let its module open the package "
                    + type.getPackageName());
        }
        return constructor::newInstance;
    }

    private @Nullable Constructor<S> keyConstructor() {
        try {
            return type.getDeclaredConstructor(String.class);
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    /** Returns the names that the serializer reports, including renamed and unwrapped ones. */
    private Set<String> writtenProperties() {
        Set<String> names = new TreeSet<>();
        mapper.acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base() {
            @Override
            public JsonObjectFormatVisitor expectObjectFormat(JavaType object) {
                return new JsonObjectFormatVisitor.Base(getContext()) {
                    @Override
                    public void property(BeanProperty property) {
                        names.add(property.getName());
                    }

                    @Override
                    public void optionalProperty(BeanProperty property) {
                        names.add(property.getName());
                    }
                };
            }
        });
        return names;
    }

    private void requireNoMetadata(String property) {
        if (METADATA.contains(property)) {
            throw refusal("has a property \"%s\" in its JSON, which is reserved for Session's own metadata;"
                            .formatted(property)
                    + " rename it, or keep it out of the JSON with @JsonIgnore");
        }
    }

    private IllegalStateException refusal(String why) {
        return refusal(type, why);
    }

    private static IllegalStateException refusal(Class<?> type, String why) {
        return new IllegalStateException("The session class %s %s".formatted(type.getName(), why));
    }
}
