package io.sessiontracker.filter;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code attempts ge '3'}; also {@code $StartTime}, in milliseconds. */
record NumberComparison(String property, Comparison comparison, BigDecimal bound) implements Node {

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        String value = properties.apply(property);
        return value != null
                && Operands.number(value)
                        .filter(number -> comparison.holds(number, bound))
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
