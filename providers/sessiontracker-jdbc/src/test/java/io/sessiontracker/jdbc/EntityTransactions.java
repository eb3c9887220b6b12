package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Binds a connection as the managers of JPA and Hibernate do: it is in a transaction, and its holder does not say so. */
final class EntityTransactions extends AbstractPlatformTransactionManager {

    private final DataSource dataSource;

    EntityTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    private interface Step {
        void run(Connection connection) throws SQLException;
    }

    @Override
    protected Object doGetTransaction() {
        return this;
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return TransactionSynchronizationManager.hasResource(dataSource);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        try {
            Connection connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            TransactionSynchronizationManager.bindResource(dataSource, new ConnectionHolder(connection));
        } catch (SQLException e) {
            throw new TransactionSystemException("begin", e);
        }
    }

    @Override
    protected Object doSuspend(Object transaction) {
        return TransactionSynchronizationManager.unbindResource(dataSource);
    }

    @Override
    protected void doResume(@Nullable Object transaction, Object suspended) {
        TransactionSynchronizationManager.bindResource(dataSource, suspended);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        run(Connection::commit);
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        run(Connection::rollback);
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        run(connection -> {
            connection.setAutoCommit(true);
            connection.close();
        });
        TransactionSynchronizationManager.unbindResource(dataSource);
    }

    private void run(Step step) {
        ConnectionHolder holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(dataSource);
        try {
            step.run(holder.getConnection());
        } catch (SQLException e) {
            throw new TransactionSystemException("step", e);
        }
    }
}
