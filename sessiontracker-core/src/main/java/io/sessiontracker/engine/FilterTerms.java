package io.sessiontracker.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.sessiontracker.filter.Comparison;
import io.sessiontracker.filter.SessionFilter;

/** Counts the conditions and values of a filter: what a store and each session that is read have to do for it. */
final class FilterTerms implements SessionFilter.Visitor<Integer> {

    private static final int MAX = 10_000;

    private FilterTerms() {}

    /**
     * Returns the filter.
     *
     * @throws IllegalArgumentException if it has too many terms
     */
    static SessionFilter requireFew(SessionFilter filter) {
        int terms = filter.accept(new FilterTerms());
        if (terms > MAX) {
            throw new IllegalArgumentException(
                    "The filter has %d conditions and values; a query takes at most %d".formatted(terms, MAX));
        }
        return filter;
    }

    @Override
    public Integer all() {
        return 1;
    }

    @Override
    public Integer has(String property) {
        return 1;
    }

    @Override
    public Integer in(String property, Set<String> values) {
        return 1 + values.size();
    }

    @Override
    public Integer startsWith(String property, String prefix) {
        return 1;
    }

    @Override
    public Integer compare(String property, Comparison comparison, BigDecimal bound) {
        return 1;
    }

    @Override
    public Integer compare(String property, Comparison comparison, Instant bound) {
        return 1;
    }

    @Override
    public Integer not(Integer negated) {
        return negated;
    }

    @Override
    public Integer and(List<Integer> parts) {
        return sum(parts);
    }

    @Override
    public Integer or(List<Integer> parts) {
        return sum(parts);
    }

    private static int sum(List<Integer> parts) {
        return parts.stream().mapToInt(part -> part).sum();
    }
}
