package io.sessiontracker.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.SessionCodecException;
import io.sessiontracker.filter.Comparison;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.BlindIndex;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a type whose values the store must not show.
 *
 * @param names of these properties
 * @param index hides values, and finds them; null if the codec cannot
 */
record BlindProperties(
        String type, Set<String> names, @Nullable BlindIndex index) {

    /** @throws IllegalStateException if the codec cannot hide the values of these properties */
    static BlindProperties of(String type, Set<String> names, SessionCodec codec) {
        BlindIndex index = codec.blindIndex().orElse(null);
        if (index == null && !names.isEmpty()) {
            throw new IllegalStateException(
                    "The properties %s of type \"%s\" are blind-indexed, which needs a key: give the codec one, as EncryptingSessionCodec has"
                            .formatted(names, type));
        }
        return new BlindProperties(type, names, index);
    }

    /** Returns what is to be stored of properties. */
    Map<String, String> hide(SessionAddress address, Map<String, String> properties) {
        return index == null || names.isEmpty() ? properties : index.hide(address, properties, names);
    }

    /**
     * Returns the properties whose values were hidden, and the others, too.
     *
     * @throws SessionCodecException if a value cannot be read
     */
    Map<String, String> reveal(SessionAddress address, Map<String, String> stored) {
        if (index != null) {
            return index.reveal(address, stored, names);
        }
        for (String name : stored.keySet()) {
            if (name.startsWith(BlindIndex.ENCRYPTED)) {
                throw new SessionCodecException(
                        address.type(),
                        address.key(),
                        "The property \"%s\" of the session %s is encrypted, and there is no key"
                                .formatted(name.substring(BlindIndex.ENCRYPTED.length()), address),
                        null);
            }
        }
        return stored;
    }

    /** Returns what may be stored as that value of a property. */
    Set<String> storedValues(String property, String value) {
        return index == null || !names.contains(property) ? Set.of(value) : index.storedValues(type, property, value);
    }

    /**
     * Returns the filter for what is stored, which a store knows alone.
     *
     * @param filter one that was {@linkplain #requireFindable checked}
     */
    SessionFilter stored(SessionFilter filter) {
        SessionFilter stored = filter;
        for (String name : names) {
            stored = stored.mapValues(name, value -> storedValues(name, value));
        }
        return stored;
    }

    /**
     * Returns the filter.
     *
     * @throws IllegalArgumentException if it asks more of a hidden value than whether it is one of some
     */
    SessionFilter requireFindable(SessionFilter filter) {
        if (!names.isEmpty()) {
            var unused = filter.accept(new Mentioned());
        }
        return filter;
    }

    /** Collects the hidden properties that a condition mentions. */
    private final class Mentioned implements SessionFilter.Visitor<Set<String>> {

        @Override
        public Set<String> all() {
            return Set.of();
        }

        @Override
        public Set<String> has(String property) {
            return refused(property, "has");
        }

        @Override
        public Set<String> in(String property, Set<String> values) {
            return names.contains(property) ? Set.of(property) : Set.of();
        }

        @Override
        public Set<String> startsWith(String property, String prefix) {
            return refused(property, "starts with");
        }

        @Override
        public Set<String> compare(String property, Comparison comparison, BigDecimal bound) {
            return refused(property, comparison.word());
        }

        @Override
        public Set<String> compare(String property, Comparison comparison, Instant bound) {
            return refused(property, comparison.word());
        }

        @Override
        public Set<String> not(Set<String> negated) {
            negated.forEach(property -> refused(property, "not or ne"));
            return negated;
        }

        @Override
        public Set<String> and(List<Set<String>> parts) {
            return union(parts);
        }

        @Override
        public Set<String> or(List<Set<String>> parts) {
            return union(parts);
        }

        private Set<String> refused(String property, String operator) {
            if (names.contains(property)) {
                throw new IllegalArgumentException(
                        "The property \"%s\" of type \"%s\" is blind-indexed: it is found by is and in, and not by %s"
                                .formatted(property, type, operator));
            }
            return Set.of();
        }

        private static Set<String> union(List<Set<String>> parts) {
            Set<String> all = new LinkedHashSet<>();
            parts.forEach(all::addAll);
            return all;
        }
    }
}
