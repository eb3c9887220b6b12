package io.sessiontracker.jdbc;

import io.sessiontracker.spi.state.KeyStateDataProvider;
import io.sessiontracker.spi.support.Namespaces;

/**
 * Stores sessions in a relational database: PostgreSQL, MariaDB, MySQL or H2. A key has one row, with the running session; a change
 * loads it and replaces it by compare-and-set in a short transaction. Times are the database's.
 *
 * <p>Every call blocks, and takes a connection of its own from the data source: no call takes part in a transaction of the
 * application or is rolled back with it. A caller that holds a connection needs a second one, so a pool must have more
 * connections than threads that call from within a transaction.
 */
public final class JdbcSessionDataProvider extends KeyStateDataProvider {

    /**
     * Stores sessions in a namespace; two namespaces never see each other's sessions.
     *
     * @param database has the tables
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public JdbcSessionDataProvider(JdbcDatabase database, String namespace) {
        super(new JdbcKeyStateStore(database, Namespaces.require(namespace)));
    }
}
