package io.sessiontracker.jdbc;

import io.sessiontracker.SessionStoreException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** The tables, and the scripts that create them. */
public final class JdbcSchema {

    /** The version of the tables that this release works with. */
    public static final int VERSION = 1;

    private static final String INDEX_PREFIX = JdbcDatabase.DEFAULT_TABLE_PREFIX + "IX_";

    private JdbcSchema() {}

    /**
     * Returns where the script of a database is on the class path.
     *
     * @param platform {@link SqlDialect#platform}
     */
    public static String script(String platform) {
        return "io/sessiontracker/jdbc/schema-" + platform + ".sql";
    }

    /** Returns a script for tables with another prefix. The names of indexes have no schema. */
    public static String withPrefix(String script, String tablePrefix) {
        String withoutSchema = tablePrefix.substring(tablePrefix.indexOf('.') + 1);
        return script.replace(INDEX_PREFIX, withoutSchema + "IX_")
                .replace(JdbcDatabase.DEFAULT_TABLE_PREFIX, tablePrefix);
    }

    /**
     * Checks that the tables are there, in the version of this release.
     *
     * @throws IllegalStateException if they are not; the message says why. Its cause is the database's error where they are not
     *     readable, and null where their version is another
     * @throws SessionStoreException if the database cannot be reached
     */
    public static void verify(JdbcDatabase database) {
        String table = database.table("VERSION");
        Integer found;
        try {
            found = JdbcClient.create(database.dataSource())
                    .sql("SELECT max(version) FROM " + table)
                    .query(Integer.class)
                    .optional()
                    .orElse(null);
        } catch (BadSqlGrammarException missing) {
            throw new IllegalStateException("The database has no readable table " + table, missing);
        } catch (DataAccessException | TransactionException failed) {
            throw new SessionStoreException("The version of the tables cannot be read", failed);
        }
        if (found == null || found != VERSION) {
            throw new IllegalStateException(
                    "The table %s has version %s; this release works with version %d".formatted(table, found, VERSION));
        }
    }
}
