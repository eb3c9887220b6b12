package io.sessiontracker.json;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sessiontracker.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fields that Jackson does not see, such as a private one without a getter, come back with their initial value. That may be
 * meant, so it is no error; a newcomer is told.
 */
final class UnwrittenFields {

    private static final Logger log = LoggerFactory.getLogger(UnwrittenFields.class);

    private UnwrittenFields() {}

    static void tell(JsonMapper mapper, Class<? extends Session> type) {
        Set<String> fields = find(mapper, type);
        if (!fields.isEmpty()) {
            log.warn(
                    "Not stored with a {}: {}. Give a field a getter and a setter, or @JsonProperty; mark one that is not to be"
                            + " stored with transient or @JsonIgnore",
                    type.getName(),
                    fields);
        }
    }

    static Set<String> find(JsonMapper mapper, Class<? extends Session> type) {
        SerializationConfig config = mapper.serializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance().forOperation(config);
        JavaType javaType = mapper.constructType(type);
        BeanDescription description =
                introspector.introspectForSerialization(javaType, introspector.introspectClassAnnotations(javaType));
        // What it hands out may be any field.
        if (description.findAnyGetter() != null) {
            return Set.of();
        }
        Set<String> seen = new HashSet<>(description.getIgnoredPropertyNames());
        for (BeanPropertyDefinition property : description.findProperties()) {
            if (property.couldSerialize()) {
                seen.addAll(List.of(property.getName(), property.getInternalName()));
            }
        }
        Set<String> unseen = new TreeSet<>();
        for (Class<?> declaring = type; declaring != Session.class; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (isState(field) && !seen.contains(field.getName())) {
                    unseen.add(field.getName());
                }
            }
        }
        return unseen;
    }

    private static boolean isState(Field field) {
        return !field.isSynthetic()
                && !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers())
                && !field.isAnnotationPresent(JsonIgnore.class);
    }
}
