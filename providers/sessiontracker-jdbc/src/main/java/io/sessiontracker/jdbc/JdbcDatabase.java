package io.sessiontracker.jdbc;

import java.util.Objects;
import java.util.regex.Pattern;

import javax.sql.DataSource;

/**
 * A database with the tables of sessions and locks.
 *
 * @param dataSource connects to it; a pool. A call takes one connection, for as long as its statements take
 * @param dialect what this database understands
 * @param tablePrefix what the tables' names begin with; may begin with a schema and a dot
 */
public record JdbcDatabase(DataSource dataSource, SqlDialect dialect, String tablePrefix) {

    /** What the tables' names begin with by default, as in the scripts. */
    public static final String DEFAULT_TABLE_PREFIX = "SESSION_TRACKER_";

    private static final Pattern PREFIX = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]{0,31}");

    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if it is not one that needs no quotes
     */
    public JdbcDatabase {
        Objects.requireNonNull(dataSource, "dataSource");
        Objects.requireNonNull(dialect, "dialect");
        if (!PREFIX.matcher(tablePrefix).matches()) {
            throw new IllegalArgumentException(
                    "A table prefix must be at most 32 ASCII letters, digits and '_', with or without a schema and '.' before it; it is \""
                            + tablePrefix + "\"");
        }
    }

    /** Returns the database with the default prefix, and the dialect that its name asks for. It is connected to. */
    public static JdbcDatabase of(DataSource dataSource) {
        return new JdbcDatabase(dataSource, SqlDialect.of(dataSource), DEFAULT_TABLE_PREFIX);
    }

    /** Returns the full name of a table. */
    String table(String name) {
        return tablePrefix + name;
    }
}
