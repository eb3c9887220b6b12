package io.sessiontracker.filter;

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
 *             | '(' filter ')'
 * list        = values | '[' [ values ] ']' | '{' [ values ] '}' | '(' [ values ] ')'
 * values      = value { separator value }                         separator: a comma, blanks, or both
 * value       = a text in single or double quotes; in it, \ before any character stands for that character
 * name        = one or more characters, none of blank, tab, line break, " ' ( ) , [ ] { } \
 * </pre>
 *
 * <ul>
 *   <li>Operators are written in any case; a name is none of their words ({@code and or not is eq ne in has all}) in any
 *       case. Names and values are compared as they are written, character by character.
 *   <li>A name that begins with {@code $} is one of the fixed properties {@code $Key}, {@code $Id}, {@code $Type},
 *       {@code $Version} and {@code $StartTime} (milliseconds since the epoch), in exactly this case. Version and start
 *       time are compared as decimal numbers are written: {@code $Version is '3'} matches, {@code '03'} does not.
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
     * The filter that a text describes, in time linear in its length.
     *
     * @throws SessionFilterSyntaxException if the text is no filter; a blank one is none
     */
    public static SessionFilter parse(String text) {
        return new SessionFilter(Parser.parse(Objects.requireNonNull(text, "text")));
    }

    /**
     * The beginning of a filter on this property: {@code property("tenant").is("acme")}.
     *
     * @throws IllegalArgumentException if it is no name by the rules of the language
     */
    public static SessionFilterProperty property(String name) {
        return new SessionFilterProperty(name);
    }

    /**
     * Matches where this property is there, whatever its value.
     *
     * @throws IllegalArgumentException if it is no name by the rules of the language
     */
    public static SessionFilter has(String name) {
        return new SessionFilter(new Presence(PropertyNames.requireName(name)));
    }

    /** Matches always. */
    public static SessionFilter all() {
        return new SessionFilter(new Everything());
    }

    /**
     * Matches where both do.
     *
     * @throws IllegalArgumentException if the result is nested more than 200 deep
     */
    public SessionFilter and(SessionFilter other) {
        return new SessionFilter(Conjunction.of(List.of(node, other.node)));
    }

    /** Matches where one of them does, or both do. */
    public SessionFilter or(SessionFilter other) {
        return new SessionFilter(Disjunction.of(List.of(node, other.node)));
    }

    /**
     * Matches where this does not.
     *
     * @throws IllegalArgumentException if the result is nested more than 200 deep
     */
    public SessionFilter not() {
        return new SessionFilter(Negation.of(node));
    }

    /**
     * Whether these properties match.
     *
     * @param properties the value of a property by its name, fixed ones with their {@code $}; null where there is none.
     *     Asked only for what the answer depends on, perhaps more than once for the same
     */
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        return node.matches(properties);
    }

    /**
     * What an index on a property can know beforehand: wherever this filter matches, the property is there and its value
     * is in this set. Whether all that have such a value match is another question. Conjunctions are intersected,
     * disjunctions united; a negation says nothing.
     *
     * @return the values, immutable, none if nothing matches; empty if the filter does not limit the property this way
     */
    public Optional<Set<String>> requiredValues(String property) {
        return node.requiredValues(property).map(Collections::unmodifiableSet);
    }

    /** Equal by what they say; see above. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionFilter filter && node.equals(filter.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** A text that {@link #parse} makes an equal filter of. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        node.print(text);
        return text.toString();
    }
}
