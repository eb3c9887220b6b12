package io.sessiontracker.filter;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code not …}; of a single value, {@code tenant ne 'a'}. */
record Negation(Node negated, int nesting) implements Node {

    static Node of(Node negated) {
        if (isComparison(negated)) {
            return new Negation(negated, 0);
        }
        return new Negation(negated, negated.nesting() + (isGrouped(negated) ? 2 : 1));
    }

    private static boolean isComparison(Node negated) {
        return negated instanceof Membership membership && membership.isSingle();
    }

    private static boolean isGrouped(Node negated) {
        return negated instanceof Conjunction || negated instanceof Disjunction;
    }

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        return !negated.matches(properties);
    }

    @Override
    public Optional<Set<String>> requiredValues(String property) {
        return Optional.empty();
    }

    @Override
    public Node mapValues(String property, Function<? super String, ? extends Collection<String>> values) {
        return of(negated.mapValues(property, values));
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.not(negated.accept(visitor));
    }

    @Override
    public void print(StringBuilder to) {
        if (negated instanceof Membership membership && membership.isSingle()) {
            membership.printComparison(to, "ne");
            return;
        }
        negated.print(to.append("not "), isGrouped(negated));
    }
}
