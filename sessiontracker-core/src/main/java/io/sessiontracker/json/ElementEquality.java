package io.sessiontracker.json;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.JavaType;

/** Refuses sets and maps whose elements or keys Java and JSON do not compare alike. */
record ElementEquality(TypeDefinitions definitions) {

    /**
     * Requires of a container that keys and elements that are equal once they are read were equal before: else they would replace
     * each other.
     *
     * @throws RefusedStateException if that is not certain; names the property and the solution
     */
    void require(JavaType type, PropertyPath path) {
        boolean isMapByIdentity = type.isMapLikeType() && type.getKeyType().isArrayType();
        boolean isSetByImplementation = Set.class.isAssignableFrom(type.getRawClass())
                && dependsOnImplementation(type.getContentType(), new HashSet<>());
        if (isMapByIdentity || isSetByImplementation) {
            throw new RefusedStateException(
                    ("%s is a %s: two of its %s that differ for Java can be equal once they are read, and one would be"
                                    + " lost. Declare %s")
                            .formatted(
                                    path,
                                    type.toCanonical(),
                                    isMapByIdentity ? "keys" : "elements",
                                    isMapByIdentity
                                            ? "a type of key with equals"
                                            : "List in place of Set or within it"));
        }
    }

    /** A queue may compare its elements or not; which it does, Jackson does not keep. A record compares its components. */
    private boolean dependsOnImplementation(JavaType type, Set<JavaType> checked) {
        Class<?> raw = type.getRawClass();
        boolean isVague = raw.isInterface()
                && Iterable.class.isAssignableFrom(raw)
                && !List.class.isAssignableFrom(raw)
                && !Set.class.isAssignableFrom(raw);
        if (isVague || !checked.add(type)) {
            return isVague;
        }
        Stream<JavaType> compared = raw.isRecord()
                ? definitions.properties(type).values().stream()
                : type.getBindings().getTypeParameters().stream();
        return compared.anyMatch(it -> dependsOnImplementation(it, checked));
    }
}
