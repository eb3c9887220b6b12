package io.sessiontracker.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.sessiontracker.SessionStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** What differs between databases. An implementation has no state. */
public interface SqlDialect {

    /** Returns the name of the database, as Spring Boot names platforms: {@code postgresql}. It is part of the script's name. */
    String platform();

    /** Returns the largest payload in bytes that a column takes. */
    int maxPayload();

    /** Returns the query for how many bytes a statement may have, parameters included; null if the server has no such limit. */
    default @Nullable String statementLimit() {
        return null;
    }

    /**
     * Returns the expression for the database's time in milliseconds since the epoch. It advances within a transaction, and is never
     * affected by a time zone.
     */
    String now();

    /** Returns the expression for the same time in microseconds, for a lock's fencing token. */
    String nowMicros();

    /**
     * Returns whether {@link #now} in a query's select list is read after the rows are. Else it is the time at which the statement
     * began, and has to be asked for afterwards.
     */
    boolean readsClockWithRows();

    /** Returns whether clients can notify each other, as by PostgreSQL's {@code LISTEN} and {@code pg_notify}. */
    default boolean notifies() {
        return false;
    }

    /**
     * Returns whether a transaction repeats its reads by default, as in InnoDB: without a lock it reads what was committed before its
     * first read; and where it finds no row to lock, it keeps others from inserting one.
     */
    default boolean repeatsReads() {
        return false;
    }

    /**
     * Returns a statement that inserts a row unless there is one with that key. It changes no row then, and causes no constraint
     * error that would abort the transaction.
     *
     * @param keys the columns of the primary key
     * @param columns all columns, those of the key first
     * @param values their values: expressions with one parameter each
     */
    String insertIfAbsent(String table, List<String> keys, List<String> columns, List<String> values);

    /**
     * Returns the expression for the time in milliseconds at which the statement began: the same wherever it occurs in a statement,
     * so that an index can be searched for it, as it cannot for {@link #now}.
     */
    String statementTime();

    /**
     * Returns a query that changes rows and answers columns of those that it changed, as they are then.
     *
     * @param change an UPDATE, or what {@link #insertIfAbsent} returned
     * @return null if the database has no such query
     */
    @Nullable
    String returning(String change, String columns);

    /** Returns whether the WITH of a query may contain such changes. */
    default boolean hasChangesInWith() {
        return false;
    }

    /**
     * Returns whether a list of keys has to be one of whole rows, as H2 searches an index for a list of values only if their column is
     * the index's first.
     */
    default boolean listsWholeKeys() {
        return false;
    }

    /**
     * Returns a query that inserts a row, or changes the one with that key, and answers columns of the row as it is then. Assignments
     * are made in their order, and an expression sees those before it; {@code VALUES(column)} is the value to be inserted.
     *
     * @return null if the database has no such query
     */
    default @Nullable String insertOrChange(
            String table, List<String> columns, List<String> values, List<String> assignments, String answer) {
        return null;
    }

    /** Returns a statement that inserts a row, or replaces the one with that key. The parameters are the columns. */
    String upsert(String table, List<String> keys, List<String> columns);

    /**
     * Returns whether an error says that a statement was ended because of another transaction, and its own can be repeated. Deadlocks and
     * serialization failures are known without it.
     */
    default boolean isConflict(SQLException error) {
        return false;
    }

    /**
     * Returns the dialect of a database.
     *
     * @param platform {@code postgresql}, {@code mariadb}, {@code mysql} or {@code h2}
     * @throws IllegalArgumentException if there is none
     */
    static SqlDialect of(String platform) {
        return all().filter(each -> each.platform().equals(platform))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No SQL dialect for platform \"" + platform
                        + "\"; there are " + all().map(SqlDialect::platform).toList()));
    }

    /**
     * Returns the dialect of the database that a data source connects to.
     *
     * @throws IllegalArgumentException if there is none for this database
     * @throws SessionStoreException if the database cannot be reached
     */
    static SqlDialect of(DataSource dataSource) {
        String product;
        try {
            product = JdbcUtils.extractDatabaseMetaData(
                    dataSource, metaData -> String.valueOf(metaData.getDatabaseProductName()));
        } catch (MetaDataAccessException | DataAccessException e) {
            throw new SessionStoreException("The database could not be asked for its name", e);
        }
        return of(product.toLowerCase(Locale.ROOT));
    }

    private static Stream<SqlDialect> all() {
        return Stream.of(
                new PostgreSqlDialect(), new MariaDbDialect("mariadb"), new MariaDbDialect("mysql"), new H2Dialect());
    }
}
