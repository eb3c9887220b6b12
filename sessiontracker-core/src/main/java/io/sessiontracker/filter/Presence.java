package io.sessiontracker.filter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code has tenant}. */
record Presence(String property) implements Node {

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        return properties.apply(property) != null;
    }

    @Override
    public Optional<Set<String>> requiredValues(String other) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.has(property);
    }

    @Override
    public void print(StringBuilder to) {
        to.append("has ").append(property);
    }
}
