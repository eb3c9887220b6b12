package io.sessiontracker.filter;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** {@code tenant in ['a','b']}; with one value, {@code tenant is 'a'}. In order, so that equal filters print the same anywhere. */
record Membership(String property, Set<String> values) implements Node {

    Membership {
        values = Collections.unmodifiableSet(new TreeSet<>(values));
    }

    /** Whether this is {@code is} rather than {@code in}. */
    boolean isSingle() {
        return values.size() == 1;
    }

    @Override
    public boolean matches(Function<? super String, ? extends @Nullable String> properties) {
        String value = properties.apply(property);
        return value != null && values.contains(value);
    }

    @Override
    public Optional<Set<String>> requiredValues(String other) {
        return other.equals(property) ? Optional.of(values) : Optional.empty();
    }

    @Override
    public <R> R accept(SessionFilter.Visitor<R> visitor) {
        return visitor.in(property, values);
    }

    @Override
    public void print(StringBuilder to) {
        if (isSingle()) {
            printComparison(to, " is ");
            return;
        }
        to.append(property).append(" in [");
        String separator = "";
        for (String value : values) {
            printQuoted(to.append(separator), value);
            separator = ",";
        }
        to.append(']');
    }

    /** Prints the one value after that operator. */
    void printComparison(StringBuilder to, String operator) {
        printQuoted(to.append(property).append(operator), values.iterator().next());
    }

    private static void printQuoted(StringBuilder to, String value) {
        to.append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\'' || c == '\\') {
                to.append('\\');
            }
            to.append(c);
        }
        to.append('\'');
    }

    @Override
    public int nesting() {
        return 0;
    }
}
