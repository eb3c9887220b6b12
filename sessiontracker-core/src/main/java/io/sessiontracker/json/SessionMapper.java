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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The mapper that writes and reads sessions. */
final class SessionMapper {

    private SessionMapper() {}

    /** Says here what matters to what is stored, also where it is Jackson's default today. */
    static JsonMapper create(Collection<? extends JacksonModule> modules) {
        return JsonMapper.builder(factory())
                .addModules(modules)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DATE_KEYS_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // A time comes back with the zone it had, not in the mapper's.
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                // toString is for people, and may change or depend on a locale.
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .build();
    }

    /** Whatever was written can be read: the limits that only readers have would make a stored session unreadable. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** A copy that knows what a {@link io.sessiontracker.Session} is. */
    static JsonMapper adapt(JsonMapper mapper) {
        DeserializationConfig config = mapper.deserializationConfig();
        if (config.getDefaultTyper(config.constructType(Object.class)) != null) {
            throw new IllegalStateException(
                    "The JsonMapper for sessions must not have default typing: with it, what is stored decides which"
                            + " classes are created. Use @JsonTypeInfo with names on the property that needs it");
        }
        return mapper.rebuild()
                // State is fields, at every depth. Jackson itself leaves the JDK's classes their public members.
                .changeDefaultVisibility(it -> it.withFieldVisibility(JsonAutoDetect.Visibility.ANY))
                .enable(MapperFeature.PROPAGATE_TRANSIENT_MARKER)
                // A final field would be written and then silently not read.
                .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
                // Filling a getter's collection would add to its initial content.
                .disable(MapperFeature.USE_GETTERS_AS_SETTERS)
                .accessorNaming(new SessionAccessorNaming(new StateAccessorNaming(config.getAccessorNaming())))
                .addModule(new SimpleModule("sessiontracker")
                        // Jackson's own choice is a HashSet, which loses the order.
                        .addAbstractTypeMapping(Set.class, LinkedHashSet.class)
                        .setSerializerModifier(new CreatorsKey()))
                .annotationIntrospector(
                        AnnotationIntrospector.pair(config.getAnnotationIntrospector(), new SessionCreators()))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // The key is handed in on the outermost level.
                .disable(DeserializationFeature.UNWRAP_ROOT_VALUE)
                .disable(SerializationFeature.WRAP_ROOT_VALUE)
                .build();
    }

    /** The one that writes: as the given one, and it notices what it writes for the first time. */
    static JsonMapper noticing(JsonMapper mapper) {
        return mapper.rebuild()
                .addModule(new SimpleModule("sessiontracker-noticing").setSerializerModifier(new NoticingModifier()))
                .serializationContexts(new FirstWrites())
                .build();
    }

    /** The one that writes for comparisons: what is read only, and sets whatever their order. */
    static JsonMapper comparing(JsonMapper mapper) {
        return mapper.rebuild()
                .addModule(new SimpleModule("sessiontracker-comparing").setSerializerModifier(new UnorderedSets()))
                .addModule(new SimpleModule("sessiontracker-readable")
                        .setSerializerModifier(new ReadableProperties(mapper.deserializationConfig())))
                .build();
    }
}
