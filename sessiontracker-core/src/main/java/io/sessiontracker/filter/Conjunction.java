package io.sessiontracker.filter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code … and … and …}: two parts or more, none of them a conjunction. */
record Conjunction(List<Node> parts, int nesting) implements Node {

    static Node of(List<Node> parts) {
        List<Node> flat = new ArrayList<>(parts.size());
        int nesting = 0;
        for (Node part : parts) {
            if (part instanceof Conjunction inner) {
                flat.addAll(inner.parts);
            } else {
                flat.add(part);
            }
            nesting = Math.max(nesting, part.nesting() + (part instanceof Disjunction ? 1 : 0));
        }
        return flat.size() == 1 ? flat.get(0) : new Conjunction(List.copyOf(flat), nesting);
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
        @Nullable Set<String> common = null;
        for (Node part : parts) {
            Set<String> required = part.requiredValues(property).orElse(null);
            if (required == null) {
                continue;
            }
            if (common == null) {
                common = new LinkedHashSet<>(required);
            } else {
                common.retainAll(required);
            }
        }
        return Optional.ofNullable(common);
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.and(parts.stream().map(part -> part.accept(visitor)).toList());
    }

    @Override
    public void print(StringBuilder to) {
        String separator = "";
        for (Node part : parts) {
            to.append(separator);
            if (part instanceof Disjunction) {
                part.printGrouped(to);
            } else {
                part.print(to);
            }
            separator = " and ";
        }
    }
}
