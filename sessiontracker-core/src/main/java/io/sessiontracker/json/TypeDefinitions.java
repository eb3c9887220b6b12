package io.sessiontracker.json;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.util.ClassUtil;

import static java.util.stream.Collectors.toMap;

/** Knows which types Jackson can define, and their properties. */
record TypeDefinitions(DeserializationContext reading, SerializationContext writing) {

    /**
     * Requires that Jackson can read and write a type and those of its properties.
     *
     * @throws RefusedStateException if it cannot; names the property and the solution
     */
    void require(JavaType root, PropertyPath path) {
        require(root, path, new HashSet<>());
    }

    /** Jackson builds a type's readers and writers as a whole, and does not always name the property that failed. */
    private void require(JavaType type, PropertyPath path, Set<JavaType> checked) {
        try {
            var reader = reading.findRootValueDeserializer(type);
            var writer = writing.findValueSerializer(type);
        } catch (JacksonException | IllegalArgumentException undefined) {
            JavaType inner = type;
            while (inner.getContentType() != null) {
                inner = inner.getContentType();
            }
            if (checked.add(inner) && !ClassUtil.isJDKClass(inner.getRawClass())) {
                properties(inner).forEach((name, it) -> require(it, path.property(name), checked));
            }
            String reason = undefined instanceof InvalidDefinitionException definition
                    ? FailureReason.definition(definition)
                    : String.valueOf(undefined.getMessage());
            throw new RefusedStateException(
                    "%s cannot be stored: %s. Mark what is not to be stored with transient or @JsonIgnore"
                            .formatted(path, reason));
        }
    }

    /** Returns the types of a type's properties; none if Jackson cannot define it. */
    Map<String, JavaType> properties(JavaType type) {
        try {
            return reading.introspectBeanDescription(type).findProperties().stream()
                    .collect(toMap(BeanPropertyDefinition::getName, BeanPropertyDefinition::getPrimaryType));
        } catch (JacksonException | IllegalArgumentException undefined) {
            return Map.of();
        }
    }
}
