package io.sessiontracker.filter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * A condition on properties, as a text or built:
 *
 * <pre>{@code
 * SessionFilter.parse("tenant is 'acme' and not region in ['eu','us']")
 * SessionFilter.property("tenant").is("acme").and(SessionFilter.property("region").in("eu", "us").not())
 * }</pre>
 *
 * <p>The language, where words in single quotes stand for themselves, <code>{…}</code> is repeated any number of times,
 * and <code>[…]</code> may be left out:
 *
 * <pre>
 * filter      = conjunction { 'or' conjunction }                  'and' goes before 'or'
 * conjunction = negation { 'and' negation }
 * negation    = 'not' negation | condition                        'not' binds tightest
 * condition   = 'all'                                             always
 *             | 'has' name                                        the property is there
 *             | name ( 'is' | 'eq' ) value                        it is there with this value
 *             | name 'ne' value                                   the same as: not name is value
 *             | name 'in' list                                    it is there with one of these values
 *             | name 'starts' 'with' value                        its value begins so
 *             | name ( 'lt' | 'le' | 'gt' | 'ge' ) value          it is less, less or equal, greater, greater or equal
 *             | '(' filter ')'
 * list        = values | '[' [ values ] ']' | '{' [ values ] '}' | '(' [ values ] ')'
 * values      = value { separator value }                         separator: a comma, blanks, or both
 * value       = a text in single or double quotes; in it, \ before any character stands for that character
 * name        = one or more characters, none of blank, tab, line break, " ' ( ) , [ ] { } \
 * </pre>
 *
 * <ul>
 *   <li>Operators are written in any case; a name is not one of their words ({@code and or not is eq ne in has all}) in any
 *       case. Names and values are compared as they are written, character by character.
 *   <li>A name that begins with {@code $} is one of the fixed properties {@code $Key}, {@code $Id}, {@code $Type},
 *       {@code $Version} and {@code $StartTime} (milliseconds since the epoch), in exactly this case. For {@code is} and {@code in}
 *       version and start time are decimal numbers as written: {@code $Version is '3'} matches, {@code '03'} does not.
 *       {@code lt le gt ge} take a moment for {@code $StartTime}, too.
 *   <li>{@code lt le gt ge} compare numbers if their value is a decimal number, and moments if it is an ISO 8601 date and time with
 *       an offset ({@code 2026-01-31T09:30:00Z}); another value is a syntax error, for {@code $Version} a moment is one, too.
 *       They match no session whose property is absent, or not the same kind of value. These words and {@code starts with} are
 *       operators only behind a name: a property may have them as its name.
 *   <li>{@code x ne 'v'} matches where {@code x} is absent. An empty list matches nothing; it cannot be written bare.
 *   <li>{@code not} and parentheses are nested at most 200 deep, both together. Chains of {@code and} and {@code or} are
 *       not nested, and of any length.
 * </ul>
 *
 * <p>Immutable. Two filters are equal if they say the same in the same order, however they were spelt or built: {@code eq}
 * is {@code is}, an {@code in} with one value is {@code is}, {@code ne} is {@code not … is}, the order of the values in a
 * list means nothing, and nor do parentheses that change nothing. That {@code a and b} means what {@code b and a} means
 * is not seen.
 */
@CheckReturnValue
public final class SessionFilter {

    private final Node node;

    SessionFilter(Node node) {
        if (node.nesting() > Node.MAX_NESTING) {
            throw new IllegalArgumentException("A filter must not be nested more than %d deep; this one is %d deep"
                    .formatted(Node.MAX_NESTING, node.nesting()));
        }
        this.node = node;
    }

    /**
     * Parses a filter, in time linear in the length of the text.
     *
     * @throws SessionFilterSyntaxException if the text is not a filter; blank text is not
     */
    public static SessionFilter parse(String text) {
        return new SessionFilter(Parser.parse(Objects.requireNonNull(text, "The filter must not be null"), null));
    }

    /**
     * Parses a filter that names only these properties and the fixed ones.
     *
     * @throws SessionFilterSyntaxException if the text is not a filter, or names another property
     */
    public static SessionFilter parse(String text, Set<String> properties) {
        return new SessionFilter(
                Parser.parse(Objects.requireNonNull(text, "The filter must not be null"), Set.copyOf(properties)));
    }

    /**
     * Begins a filter on a property: {@code property("tenant").is("acme")}.
     *
     * @throws IllegalArgumentException if the name breaks a rule of the language
     */
    public static SessionFilterProperty property(String name) {
        return new SessionFilterProperty(name);
    }

    /**
     * Returns a filter that matches where the property is present, whatever its value.
     *
     * @throws IllegalArgumentException if the name breaks a rule of the language
     */
    public static SessionFilter has(String name) {
        return new SessionFilter(new Presence(PropertyNames.requireName(name)));
    }

    /** Returns a filter that matches every session. */
    public static SessionFilter all() {
        return new SessionFilter(new Everything());
    }

    /**
     * Returns a filter that matches where both do.
     *
     * @throws IllegalArgumentException if the result is nested more than 200 deep
     */
    public SessionFilter and(SessionFilter other) {
        return new SessionFilter(Conjunction.of(List.of(node, other.node)));
    }

    /** Returns a filter that matches where this filter, the other, or both do. */
    public SessionFilter or(SessionFilter other) {
        return new SessionFilter(Disjunction.of(List.of(node, other.node)));
    }

    /**
     * Returns a filter that matches where this one does not.
     *
     * @throws IllegalArgumentException if the result is nested more than 200 deep
     */
    public SessionFilter not() {
        return new SessionFilter(Negation.of(node));
    }

    /**
     * Returns whether the properties match.
     *
     * @param properties the value of a property by its name, fixed ones with their {@code $}; null where the property is absent.
     *     Called only for properties that decide the answer, perhaps more than once for one
     */
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        return node.matches(properties);
    }

    /**
     * Returns a necessary condition that an index can use: wherever this filter matches, the property is present and its value is
     * in the set. It is not sufficient: sessions with such a value need not match. Conjunctions are intersected, disjunctions
     * united; a negation gives no condition.
     *
     * @return the values, immutable, none if nothing matches; empty if the filter does not limit the property this way
     */
    public Optional<Set<String>> requiredValues(String property) {
        return node.requiredValues(property).map(Collections::unmodifiableSet);
    }

    /**
     * Returns the same filter with other values of a property where it has to be one of some: for a store that keeps others.
     *
     * @param values what stands for a value, any of them; none matches nothing
     * @throws IllegalArgumentException if the result is nested more than 200 deep
     */
    public SessionFilter mapValues(String property, Function<? super String, ? extends Collection<String>> values) {
        return new SessionFilter(node.mapValues(property, values));
    }

    /**
     * Translates this filter, its innermost conditions first.
     *
     * @return what the visitor makes of the outermost condition
     */
    public <R> R accept(Visitor<R> visitor) {
        return node.accept(visitor);
    }

    /**
     * Translates a filter into something else, such as SQL: each method gets the results for the conditions that its own contains.
     *
     * @param <R> the result for a condition
     */
    public interface Visitor<R> {

        /** Translates the condition that always holds. */
        R all();

        /** Translates the condition that a property is present. */
        R has(String property);

        /**
         * Translates the condition that a property is present with one of some values.
         *
         * @param values unmodifiable; if empty, the condition never holds
         */
        R in(String property, Set<String> values);

        /**
         * Translates the condition that a property's value begins with a text.
         *
         * @param prefix may be empty
         */
        R startsWith(String property, String prefix);

        /**
         * Translates the condition that a property's value is a decimal number and compares so with another one.
         *
         * @param property may be {@code $StartTime}, whose value is in milliseconds
         */
        R compare(String property, Comparison comparison, BigDecimal bound);

        /** Translates the condition that a property's value is a moment, as ISO 8601 writes it, and compares so with another one. */
        R compare(String property, Comparison comparison, Instant bound);

        /** Translates a negation. */
        R not(R negated);

        /** Translates a conjunction of two conditions or more. */
        R and(List<R> parts);

        /** Translates a disjunction of two conditions or more. */
        R or(List<R> parts);
    }

    /** Compares the conditions; see above. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionFilter filter && node.equals(filter.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** Returns a text that {@link #parse} turns into an equal filter. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        node.print(text);
        return text.toString();
    }
}
