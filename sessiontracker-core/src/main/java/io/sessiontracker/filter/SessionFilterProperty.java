package io.sessiontracker.filter;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.google.errorprone.annotations.CheckReturnValue;

/** A property that a filter tests; from {@link SessionFilter#property}. Immutable. */
@CheckReturnValue
public final class SessionFilterProperty {

    private final String name;

    SessionFilterProperty(String name) {
        this.name = PropertyNames.requireName(name);
    }

    /** Returns a filter that matches where the property has the value: {@code tenant is 'acme'}. */
    public SessionFilter is(String value) {
        return new SessionFilter(new Membership(name, Set.of(Objects.requireNonNull(value, "value"))));
    }

    /** Returns a filter that matches where the property has another value or none: {@code tenant ne 'acme'}. */
    public SessionFilter ne(String value) {
        return is(value).not();
    }

    /** Returns a filter that matches where the property begins with a text: {@code path starts with '/orders/'}. */
    public SessionFilter startsWith(String prefix) {
        return new SessionFilter(new Prefix(name, Objects.requireNonNull(prefix, "The prefix must not be null")));
    }

    /**
     * Returns a filter that matches where the property is a number less than this one: {@code attempts lt '3'}.
     *
     * @throws IllegalArgumentException if it is NaN, infinite, or no decimal number
     */
    public SessionFilter lt(Number bound) {
        return compared(Comparison.LT, bound);
    }

    /** Returns a filter that matches where the property is a moment before this one: {@code due lt '2026-01-31T09:30:00Z'}. */
    public SessionFilter lt(Instant bound) {
        return compared(Comparison.LT, bound);
    }

    /**
     * Returns a filter that matches where the property is a number not greater than this one: {@code attempts le '3'}.
     *
     * @throws IllegalArgumentException if it is NaN, infinite, or no decimal number
     */
    public SessionFilter le(Number bound) {
        return compared(Comparison.LE, bound);
    }

    /** Returns a filter that matches where the property is a moment not after this one: {@code due le '2026-01-31T09:30:00Z'}. */
    public SessionFilter le(Instant bound) {
        return compared(Comparison.LE, bound);
    }

    /**
     * Returns a filter that matches where the property is a number greater than this one: {@code attempts gt '3'}.
     *
     * @throws IllegalArgumentException if it is NaN, infinite, or no decimal number
     */
    public SessionFilter gt(Number bound) {
        return compared(Comparison.GT, bound);
    }

    /** Returns a filter that matches where the property is a moment after this one: {@code due gt '2026-01-31T09:30:00Z'}. */
    public SessionFilter gt(Instant bound) {
        return compared(Comparison.GT, bound);
    }

    /**
     * Returns a filter that matches where the property is a number not less than this one: {@code attempts ge '3'}.
     *
     * @throws IllegalArgumentException if it is NaN, infinite, or no decimal number
     */
    public SessionFilter ge(Number bound) {
        return compared(Comparison.GE, bound);
    }

    /** Returns a filter that matches where the property is a moment not before this one: {@code due ge '2026-01-31T09:30:00Z'}. */
    public SessionFilter ge(Instant bound) {
        return compared(Comparison.GE, bound);
    }

    private SessionFilter compared(Comparison comparison, Object bound) {
        String operand =
                Objects.requireNonNull(bound, "The bound must not be null").toString();
        return new SessionFilter(Operands.comparison(name, comparison, operand)
                .orElseThrow(() -> new IllegalArgumentException("A property %s is compared with %s; this is \"%s\""
                        .formatted(name, Operands.expected(name), operand))));
    }

    /** Returns a filter that matches where the property has one of the values: {@code tenant in ['a','b']}. No values match nothing. */
    public SessionFilter in(String... values) {
        return in(List.of(values));
    }

    /**
     * Returns a filter that matches where the property has one of the values, which are copied. No values match nothing.
     *
     * @throws NullPointerException if one of them is null
     */
    public SessionFilter in(Collection<String> values) {
        Set<String> copy = new LinkedHashSet<>(List.copyOf(values));
        return new SessionFilter(new Membership(name, copy));
    }
}
