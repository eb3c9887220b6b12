package io.sessiontracker.filter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** {@code … or … or …}: two parts or more, none of them a disjunction. */
record Disjunction(List<Node> parts, int nesting) implements Node {

    static Node of(List<Node> parts) {
        List<Node> flat = parts.stream()
                .flatMap(part -> part instanceof Disjunction inner ? inner.parts.stream() : Stream.of(part))
                .toList();
        int nesting = parts.stream().mapToInt(Node::nesting).max().orElse(0);
        return new Disjunction(flat, nesting);
    }

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        for (Node part : parts) {
            if (part.matches(properties)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Optional<Set<String>> requiredValues(String property) {
        Set<String> either = new LinkedHashSet<>();
        for (Node part : parts) {
            Optional<Set<String>> required = part.requiredValues(property);
            if (required.isEmpty()) {
                return required;
            }
            either.addAll(required.get());
        }
        return Optional.of(either);
    }

    @Override
    public Node mapValues(String property, Function<? super String, ? extends Collection<String>> values) {
        return of(parts.stream().map(part -> part.mapValues(property, values)).toList());
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.or(parts.stream().map(part -> part.accept(visitor)).toList());
    }

    @Override
    public void print(StringBuilder to) {
        String separator = "";
        for (Node part : parts) {
            part.print(to.append(separator));
            separator = " or ";
        }
    }
}
