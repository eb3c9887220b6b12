package io.sessiontracker.filter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code path starts with '/orders/'}. */
record Prefix(String property, String prefix) implements Node {

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        String value = properties.apply(property);
        return value != null && value.startsWith(prefix);
    }

    @Override
    public Optional<Set<String>> requiredValues(String other) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.startsWith(property, prefix);
    }

    @Override
    public void print(StringBuilder to) {
        Node.print(to, property, "starts with", prefix);
    }
}
