package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Finds the transactions of callers on a data source. */
final class JoinedTransactions {

    private final DataSource dataSource;

    JoinedTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Returns the transaction of this thread; null if it has none on this data source, one that is read-only, or one that is committed
     * and whose callbacks still run.
     */
    @Nullable
    JoinedTransaction current() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                || !(TransactionSynchronizationManager.getResource(dataSource)
                        instanceof ConnectionHolder connection)) {
            return null;
        }
        JoinedTransaction joined = registered();
        if (joined == null && isInTransaction()) {
            joined = new JoinedTransaction(this, connection);
            TransactionSynchronizationManager.registerSynchronization(joined);
        }
        return joined == null || joined.isEnded() ? null : joined;
    }

    private @Nullable JoinedTransaction registered() {
        for (TransactionSynchronization each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof JoinedTransaction joined && joined.isOf(this)) {
                return joined;
            }
        }
        return null;
    }

    /** In a transaction of another data source, a connection may be bound that is in none. */
    private boolean isInTransaction() {
        Connection bound = DataSourceUtils.getConnection(dataSource);
        try {
            return !bound.getAutoCommit();
        } catch (SQLException closed) {
            return false;
        } finally {
            DataSourceUtils.releaseConnection(bound, dataSource);
        }
    }
}
