package io.sessiontracker.autoconfigure.jdbc;

import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSchema;
import io.sessiontracker.jdbc.TransactionMode;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;

/** The settings of the JDBC store: those of Spring Boot for a schema, and the tables' names. */
@ConfigurationProperties(JdbcStoreProperties.PREFIX)
public class JdbcStoreProperties extends DatabaseInitializationProperties {

    /** What these settings begin with. */
    static final String PREFIX = SessionTrackerProperties.PREFIX + ".jdbc";

    /** What the tables' names begin with. It may begin with a schema and a dot. */
    private String tablePrefix = JdbcDatabase.DEFAULT_TABLE_PREFIX;

    /** Whether PostgreSQL notifies waiters of a released lock. A process that has waiters keeps a connection of the pool for it. */
    private boolean lockNotifications = true;

    /** Whether calls on sessions are part of the transaction that their caller has on the same data source. */
    private TransactionMode transaction = TransactionMode.REQUIRES_NEW;

    /** Creates the defaults. */
    public JdbcStoreProperties() {
        // Instances of an application may start at once on an empty database. What is missing then is noticed later.
        setContinueOnError(true);
    }

    /** Returns what the tables' names begin with. */
    public String getTablePrefix() {
        return tablePrefix;
    }

    /** Sets what the tables' names begin with. */
    public void setTablePrefix(String tablePrefix) {
        this.tablePrefix = tablePrefix;
    }

    /** Returns whether waiters are notified. */
    public boolean isLockNotifications() {
        return lockNotifications;
    }

    /** Sets whether waiters are notified. */
    public void setLockNotifications(boolean lockNotifications) {
        this.lockNotifications = lockNotifications;
    }

    /** Returns whether calls are part of their callers' transactions. */
    public TransactionMode getTransaction() {
        return transaction;
    }

    /** Sets whether calls are part of their callers' transactions. */
    public void setTransaction(TransactionMode transaction) {
        this.transaction = transaction;
    }

    @Override
    public String getDefaultSchemaLocation() {
        return "classpath:" + JdbcSchema.script("@@platform@@");
    }
}
