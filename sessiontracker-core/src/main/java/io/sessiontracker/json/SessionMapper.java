package io.sessiontracker.json;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Creates the mappers that write and read sessions. */
final class SessionMapper {

    private SessionMapper() {}

    /** Sets explicitly what affects the stored format, even if it is Jackson's default today. */
    static JsonMapper create(Collection<? extends JacksonModule> modules) {
        return JsonMapper.builder(factory())
                .addModules(modules)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DATE_KEYS_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // A time keeps its own zone instead of the mapper's.
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                // toString may change or depend on a locale.
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .build();
    }

    /** Lifts limits that apply to reading only: they would make a stored session unreadable. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** Returns a copy that handles {@link io.sessiontracker.Session}. */
    static JsonMapper adapt(JsonMapper mapper) {
        DeserializationConfig config = mapper.deserializationConfig();
        if (config.getDefaultTyper(config.constructType(Object.class)) != null) {
            throw new IllegalStateException(
                    "The JsonMapper for sessions must not have default typing: with it, what is stored decides which"
                            + " classes are created. Use @JsonTypeInfo with names on the property that needs it");
        }
        return mapper.rebuild()
                // State is fields, at every depth. For JDK classes Jackson itself uses public members.
                .changeDefaultVisibility(it -> it.withFieldVisibility(JsonAutoDetect.Visibility.ANY))
                .enable(MapperFeature.PROPAGATE_TRANSIENT_MARKER)
                // Otherwise a final field would be written, and silently not read.
                .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
                // Filling a getter's collection would keep its initial content.
                .disable(MapperFeature.USE_GETTERS_AS_SETTERS)
                .accessorNaming(new SessionAccessorNaming(new StateAccessorNaming(config.getAccessorNaming())))
                .addModule(new SimpleModule("sessiontracker")
                        // Jackson's default is a HashSet, which loses the order.
                        .addAbstractTypeMapping(Set.class, LinkedHashSet.class)
                        .setSerializerModifier(new CreatorKey())
                        .setDeserializerModifier(new UnknownPropertiesReported()))
                .annotationIntrospector(
                        AnnotationIntrospector.pair(config.getAnnotationIntrospector(), new SessionCreators()))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // The key is added on the outermost level.
                .disable(DeserializationFeature.UNWRAP_ROOT_VALUE)
                .disable(SerializationFeature.WRAP_ROOT_VALUE)
                .build();
    }

    /** Returns a copy for writing that reports first writes to {@link FirstWriteDetector}. */
    static JsonMapper detectingFirstWrites(JsonMapper mapper) {
        return mapper.rebuild()
                .addModule(new SimpleModule("sessiontracker-noticing").setSerializerModifier(new FirstWriteModifier()))
                .serializationContexts(new FirstWriteDetector())
                .build();
    }

    /** Returns a copy for comparisons: only properties that are read, and sets in a stable order. */
    static JsonMapper comparing(JsonMapper mapper) {
        return mapper.rebuild()
                .addModule(new SimpleModule("sessiontracker-comparing").setSerializerModifier(new UnorderedSets()))
                .addModule(new SimpleModule("sessiontracker-readable")
                        .setSerializerModifier(new ReadableProperties(mapper.deserializationConfig())))
                .build();
    }

    /** Returns a copy for trees, whose numbers are exact. */
    static JsonMapper trees(JsonMapper mapper) {
        return mapper.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }
}
