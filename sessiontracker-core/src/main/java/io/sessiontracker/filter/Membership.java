package io.sessiontracker.filter;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** {@code tenant in ['a','b']}; with one value, {@code tenant is 'a'}. In order, so that equal filters print the same anywhere. */
record Membership(String property, Set<String> values) implements Node {

    Membership {
        values = Collections.unmodifiableSet(new TreeSet<>(values));
    }

    /** Whether this is {@code is} rather than {@code in}. */
    boolean isSingle() {
        return values.size() == 1;
    }

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        String value = properties.apply(property);
        return value != null && values.contains(value);
    }

    @Override
    public Optional<Set<String>> requiredValues(String other) {
        return other.equals(property) ? Optional.of(values) : Optional.empty();
    }

    @Override
    public Node mapValues(String other, Function<? super String, ? extends Collection<String>> stored) {
        return other.equals(property)
                ? new Membership(
                        property,
                        values.stream()
                                .flatMap(value -> stored.apply(value).stream())
                                .collect(Collectors.toSet()))
                : this;
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.in(property, values);
    }

    @Override
    public void print(StringBuilder to) {
        if (isSingle()) {
            printComparison(to, "is");
        } else {
            to.append(property).append(" in ");
            to.append(values.stream().map(Node::quoted).collect(Collectors.joining(",", "[", "]")));
        }
    }

    /** Prints the one value after that operator. */
    void printComparison(StringBuilder to, String operator) {
        Node.print(to, property, operator, values.iterator().next());
    }
}
