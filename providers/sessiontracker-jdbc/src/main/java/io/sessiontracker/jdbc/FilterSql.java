package io.sessiontracker.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.sessiontracker.filter.Comparison;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;

/**
 * Translates a filter into conditions on a row {@code t} with a session's position in an index. Of what is not indexed only two
 * bounds are known: a condition that every matching session meets, and one that no other session meets.
 *
 * @param table the table of indexed properties
 * @param start the column of {@code t} with the session's start
 * @param finished 1 for finished sessions, 0 for running ones
 * @param group the property and the value that all rows have, in an index by property
 * @param indexed the names of the properties that the table has
 */
record FilterSql(String table, String start, int finished, Group group, Set<String> indexed)
        implements SessionFilter.Visitor<FilterSql.Bounds> {

    /** More values are checked by the caller. */
    private static final int MAX_VALUES = 100;

    private static final Condition ALWAYS = new Condition("1 = 1", List.of());
    private static final Condition NEVER = new Condition("1 = 0", List.of());
    private static final Bounds UNKNOWN = new Bounds(ALWAYS, NEVER);

    /** An SQL condition and its parameters. */
    record Condition(String sql, List<Object> parameters) {

        private static Condition join(String operator, List<Condition> parts) {
            List<Object> parameters = new ArrayList<>();
            parts.forEach(part -> parameters.addAll(part.parameters()));
            return new Condition(
                    "("
                            + String.join(
                                    operator, parts.stream().map(Condition::sql).toList()) + ")",
                    parameters);
        }

        private Condition negated() {
            return new Condition("NOT (" + sql + ")", parameters);
        }
    }

    /**
     * Two bounds of a filter; the same if it is translated as a whole.
     *
     * @param needed what each matching session meets
     * @param enough what only matching sessions meet
     */
    record Bounds(Condition needed, Condition enough) {

        private static Bounds of(Condition condition) {
            return new Bounds(condition, condition);
        }

        boolean isExact() {
            return needed.equals(enough);
        }
    }

    /** Returns the bounds of a range's filter. */
    static Bounds of(JdbcDatabase database, IndexRange range) {
        SessionFilter filter = range.filter() == null ? SessionFilter.all() : range.filter();
        Index index = range.after().index();
        return filter.accept(new FilterSql(
                database.table("PROPERTY"),
                IndexColumns.of(index).moment(),
                IndexColumns.isFinished(index) ? 1 : 0,
                range.after().group(),
                range.indexed()));
    }

    @Override
    public Bounds all() {
        return known(true);
    }

    /** No index begins with a session and ends with its properties. */
    @Override
    public Bounds has(String name) {
        return UNKNOWN;
    }

    /** Counts in a subquery, which no database turns into a join: so each row costs as much as its own properties. */
    @Override
    public Bounds in(String name, Set<String> values) {
        List<String> stored = values.stream().filter(FilterSql::isWellFormed).toList();
        if (stored.isEmpty() || group.property().equals(name)) {
            return known(stored.contains(group.value()));
        }
        if (!indexed.contains(name) || stored.size() > MAX_VALUES) {
            return UNKNOWN;
        }
        return property(
                name,
                "IN (" + String.join(", ", Sql.parameters(stored.size())) + ")",
                stored.stream().map(FilterSql::bytes).toList());
    }

    private Bounds property(String name, String condition, List<byte[]> values) {
        List<Object> parameters = new ArrayList<>(List.of(finished, bytes(name)));
        parameters.addAll(values);
        return Bounds.of(new Condition("""
                (SELECT count(*) FROM %s p WHERE p.namespace = t.namespace AND p.session_type = t.session_type \
                AND p.finished = ? AND p.property = ? AND p.property_value %s AND p.bucket = t.bucket \
                AND p.started_at = t.%s AND p.session_key = t.session_key) > 0""".formatted(table, condition, start), parameters));
    }

    /** Values are bytes, which compare as unsigned numbers, so all that begin with a text lie together. */
    @Override
    public Bounds startsWith(String name, String prefix) {
        if (group.property().equals(name)) {
            return known(group.value().startsWith(prefix));
        }
        if (!indexed.contains(name) || !isWellFormed(prefix)) {
            return UNKNOWN;
        }
        byte[] first = bytes(prefix);
        byte[] beyond = Arrays.copyOf(first, first.length + 1);
        beyond[first.length] = (byte) 0xFF; // in no UTF-8
        return property(name, "BETWEEN ? AND ?", List.of(first, beyond));
    }

    /** A start is whole milliseconds. */
    @Override
    public Bounds compare(String name, Comparison comparison, BigDecimal bound) {
        if (!name.equals("$StartTime")) {
            return UNKNOWN;
        }
        return switch (comparison) {
            case LT -> started("<", bound, RoundingMode.CEILING);
            case LE -> started("<=", bound, RoundingMode.FLOOR);
            case GT -> started(">", bound, RoundingMode.FLOOR);
            case GE -> started(">=", bound, RoundingMode.CEILING);
        };
    }

    private Bounds started(String operator, BigDecimal bound, RoundingMode rounding) {
        BigDecimal limited = bound.max(BigDecimal.valueOf(Long.MIN_VALUE)).min(BigDecimal.valueOf(Long.MAX_VALUE));
        long millis = limited.setScale(0, rounding).longValueExact();
        return Bounds.of(new Condition("t." + start + " " + operator + " ?", List.of(millis)));
    }

    @Override
    public Bounds compare(String name, Comparison comparison, Instant bound) {
        return UNKNOWN;
    }

    private static Bounds known(boolean holds) {
        return Bounds.of(holds ? ALWAYS : NEVER);
    }

    @Override
    public Bounds not(Bounds negated) {
        return new Bounds(negated.enough().negated(), negated.needed().negated());
    }

    @Override
    public Bounds and(List<Bounds> parts) {
        return join(" AND ", parts);
    }

    @Override
    public Bounds or(List<Bounds> parts) {
        return join(" OR ", parts);
    }

    private static Bounds join(String operator, List<Bounds> parts) {
        return new Bounds(each(operator, parts, Bounds::needed), each(operator, parts, Bounds::enough));
    }

    private static Condition each(String operator, List<Bounds> parts, Function<Bounds, Condition> bound) {
        return Condition.join(operator, parts.stream().map(bound).toList());
    }

    /** Every stored value is well-formed; the bytes of others would be those of another value. */
    private static boolean isWellFormed(String value) {
        return new String(bytes(value), StandardCharsets.UTF_8).equals(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
