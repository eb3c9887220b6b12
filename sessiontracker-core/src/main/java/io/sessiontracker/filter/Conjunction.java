package io.sessiontracker.filter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** {@code … and … and …}: two parts or more, none of them a conjunction. */
record Conjunction(List<Node> parts, int nesting) implements Node {

    static Node of(List<Node> parts) {
        List<Node> flat = parts.stream()
                .flatMap(part -> part instanceof Conjunction inner ? inner.parts.stream() : Stream.of(part))
                .toList();
        int nesting = parts.stream()
                .mapToInt(part -> part.nesting() + (part instanceof Disjunction ? 1 : 0))
                .max()
                .orElse(0);
        return new Conjunction(flat, nesting);
    }

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        for (Node part : parts) {
            if (!part.matches(properties)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<Set<String>> requiredValues(String property) {
        return parts.stream()
                .flatMap(part -> part.requiredValues(property).stream())
                .reduce(Conjunction::common);
    }

    private static Set<String> common(Set<String> some, Set<String> others) {
        Set<String> common = new LinkedHashSet<>(some);
        common.retainAll(others);
        return common;
    }

    @Override
    public Node mapValues(String property, Function<? super String, ? extends Collection<String>> values) {
        return of(parts.stream().map(part -> part.mapValues(property, values)).toList());
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.and(parts.stream().map(part -> part.accept(visitor)).toList());
    }

    @Override
    public void print(StringBuilder to) {
        String separator = "";
        for (Node part : parts) {
            part.print(to.append(separator), part instanceof Disjunction);
            separator = " and ";
        }
    }
}
