package io.sessiontracker.filter;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** A node of a filter's tree. Immutable; equal to a node with the same conditions in the same order. */
sealed interface Node
        permits Everything,
                Presence,
                Membership,
                Prefix,
                NumberComparison,
                InstantComparison,
                Negation,
                Conjunction,
                Disjunction {

    /** Keeps each recursion over a tree within any thread's stack, and built filters within what can be parsed. */
    int MAX_NESTING = 200;

    boolean matches(Function<? super String, ? extends @Nullable String> properties);

    /** See {@link SessionFilter#requiredValues}. */
    Optional<Set<String>> requiredValues(String property);

    /** See {@link SessionFilter#mapValues}. */
    default Node mapValues(String property, Function<? super String, ? extends Collection<String>> values) {
        return this;
    }

    <R> R accept(SessionFilter.Visitor<R> visitor);

    void print(StringBuilder to);

    /** Returns how deep {@code not} and parentheses are nested in the text of {@link #print}. */
    default int nesting() {
        return 0;
    }

    /** Prints a condition on a property's value. */
    static void print(StringBuilder to, String property, String operator, String value) {
        to.append(property).append(' ').append(operator).append(' ').append(quoted(value));
    }

    /** Returns a value as it is written in a filter. */
    static String quoted(String value) {
        return "'" + value.replaceAll("['\\\\]", "\\\\$0") + "'";
    }

    /** Prints this, in parentheses if it is to be grouped. */
    default void print(StringBuilder to, boolean grouped) {
        if (grouped) {
            to.append('(');
        }
        print(to);
        if (grouped) {
            to.append(')');
        }
    }
}
