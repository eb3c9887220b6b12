package io.sessiontracker.filter;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code due lt '2026-01-01T00:00:00Z'}. */
record InstantComparison(String property, Comparison comparison, Instant bound) implements Node {

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        String value = properties.apply(property);
        return value != null
                && Operands.instant(value)
                        .filter(instant -> comparison.holds(instant, bound))
                        .isPresent();
    }

    @Override
    public Optional<Set<String>> requiredValues(String other) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.compare(property, comparison, bound);
    }

    @Override
    public void print(StringBuilder to) {
        Node.print(to, property, comparison.word(), bound.toString());
    }
}
