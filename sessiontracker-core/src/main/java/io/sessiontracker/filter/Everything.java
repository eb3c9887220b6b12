package io.sessiontracker.filter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code all}. */
record Everything() implements Node {

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        return true;
    }

    @Override
    public Optional<Set<String>> requiredValues(String property) {
        return Optional.empty();
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.all();
    }

    @Override
    public void print(StringBuilder to) {
        to.append("all");
    }
}
