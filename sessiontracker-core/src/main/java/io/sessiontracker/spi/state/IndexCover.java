package io.sessiontracker.spi.state;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.filter.Comparison;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.state.IndexEntry.Group;

/**
 * Chooses the groups of an index by property of which every session that a filter matches is in one: those of a single condition,
 * of the best part of a conjunction, or of all parts of a disjunction. Empty where there are none, and no groups where no session
 * can match.
 *
 * @param indexed the names of the indexed properties
 */
record IndexCover(Set<String> indexed) implements SessionFilter.Visitor<Optional<Set<Group>>> {

    /** More groups cost more than they save. */
    private static final int MAX_GROUPS = 100;

    @Override
    public Optional<Set<Group>> all() {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Group>> has(String property) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Group>> in(String property, Set<String> values) {
        return values.isEmpty() || indexed.contains(property)
                ? limited(values.stream().map(value -> new Group(property, value)))
                : Optional.empty();
    }

    @Override
    public Optional<Set<Group>> startsWith(String property, String prefix) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Group>> compare(String property, Comparison comparison, BigDecimal bound) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Group>> compare(String property, Comparison comparison, Instant bound) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Group>> not(Optional<Set<Group>> negated) {
        return Optional.empty();
    }

    @Override
    public Optional<Set<Group>> and(List<Optional<Set<Group>>> parts) {
        return parts.stream().flatMap(Optional::stream).min(Comparator.comparingInt(Set::size));
    }

    @Override
    public Optional<Set<Group>> or(List<Optional<Set<Group>>> parts) {
        return parts.stream().allMatch(Optional::isPresent)
                ? limited(parts.stream().flatMap(Optional::stream).flatMap(Set::stream))
                : Optional.empty();
    }

    private static Optional<Set<Group>> limited(Stream<Group> groups) {
        Set<Group> limited = groups.distinct().limit(MAX_GROUPS + 1).collect(Collectors.toSet());
        return limited.size() > MAX_GROUPS ? Optional.empty() : Optional.of(limited);
    }
}
