package io.sessiontracker.filter;

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
