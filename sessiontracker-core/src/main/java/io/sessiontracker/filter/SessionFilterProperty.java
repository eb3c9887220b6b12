package io.sessiontracker.filter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.google.errorprone.annotations.CheckReturnValue;

/** A property about which a filter is to say something; from {@link SessionFilter#property}. Immutable. */
@CheckReturnValue
public final class SessionFilterProperty {

    private final String name;

    SessionFilterProperty(String name) {
        this.name = PropertyNames.requireName(name);
    }

    /** Its value is this one: {@code tenant is 'acme'}. */
    public SessionFilter is(String value) {
        return new SessionFilter(new Membership(name, Set.of(Objects.requireNonNull(value, "value"))));
    }

    /** Its value is not this one, or it has none: {@code tenant ne 'acme'}. */
    public SessionFilter ne(String value) {
        return is(value).not();
    }

    /** Its value is one of these: {@code tenant in ['a','b']}. With no values, nothing matches. */
    public SessionFilter in(String... values) {
        return in(List.of(values));
    }

    /**
     * Its value is one of these; copies them. With no values, nothing matches.
     *
     * @throws NullPointerException if one of them is null
     */
    public SessionFilter in(Collection<String> values) {
        Set<String> copy = new LinkedHashSet<>(List.copyOf(values));
        return new SessionFilter(new Membership(name, copy));
    }
}
