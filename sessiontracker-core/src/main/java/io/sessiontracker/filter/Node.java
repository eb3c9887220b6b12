package io.sessiontracker.filter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** A part of a filter. Immutable; equal if it says the same in the same order. */
sealed interface Node permits Everything, Presence, Membership, Negation, Conjunction, Disjunction {

    /** Keeps every walk over a tree within any thread's stack, and what is built within what can be parsed. */
    int MAX_NESTING = 200;

    boolean matches(Function<? super String, ? extends @Nullable String> properties);

    /** See {@link SessionFilter#requiredValues}. */
    Optional<Set<String>> requiredValues(String property);

    void print(StringBuilder to);

    /** How deep {@code not} and parentheses are nested in what {@link #print} writes. */
    int nesting();

    /** Prints this where {@code and} or {@code or} would have to be in parentheses. */
    default void printGrouped(StringBuilder to) {
        to.append('(');
        print(to);
        to.append(')');
    }
}
