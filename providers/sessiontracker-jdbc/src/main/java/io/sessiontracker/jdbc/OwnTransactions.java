package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.util.function.Function;
import java.util.function.Predicate;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs statements on connections of their own, and suspends the caller's transaction meanwhile, whichever manager it has. Spring finds a
 * thread's connection by its data source, so this has one that is not the application's: a manager of JPA binds its connection in a form
 * that looks as if no transaction had begun on it, and a commit here would be a commit there.
 */
final class OwnTransactions extends JdbcTransactionManager {

    private static final Object NOTHING = new Object();

    private final JdbcTemplate template;
    private final JdbcClient client;
    private final TransactionTemplate withoutTransaction;
    private final TransactionTemplate newTransaction;

    OwnTransactions(DataSource shared) {
        this(new DelegatingDataSource(shared));
    }

    private OwnTransactions(DelegatingDataSource dataSource) {
        super(dataSource);
        this.template = new JdbcTemplate(dataSource);
        this.client = JdbcClient.create(template);
        this.withoutTransaction = template(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.newTransaction = template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private TransactionTemplate template(int propagation) {
        TransactionTemplate scope = new TransactionTemplate(this);
        scope.setPropagationBehavior(propagation);
        return scope;
    }

    /** Runs statements on one connection. */
    <T> T withoutTransaction(Function<JdbcClient, T> statements) {
        return TransactionSynchronizationManager.isSynchronizationActive()
                ? withoutTransaction.execute(status -> statements.apply(client))
                : bound(statements);
    }

    /** Where there is nothing to suspend, binding a connection to the thread does the same for less. */
    private <T> T bound(Function<JdbcClient, T> statements) {
        DataSource key = obtainDataSource();
        Connection connection = DataSourceUtils.getConnection(key);
        TransactionSynchronizationManager.bindResource(key, new ConnectionHolder(connection));
        try {
            return statements.apply(client);
        } finally {
            TransactionSynchronizationManager.unbindResource(key);
            DataSourceUtils.releaseConnection(connection, key);
        }
    }

    /** Runs a statement that commits itself, also where a pool's connections begin a transaction with each statement. */
    <T> T committed(Function<JdbcClient, T> statement) {
        return withoutTransaction(client -> {
            T answer = statement.apply(client);
            template.execute((ConnectionCallback<Boolean>) connection -> {
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
                return true;
            });
            return answer;
        });
    }

    /** Runs a change in a transaction, which is rolled back if the change answers false. */
    boolean inTransaction(Predicate<JdbcClient> change) {
        return newTransaction.execute(status -> {
            boolean done = change.test(client);
            if (!done) {
                status.setRollbackOnly();
            }
            return done;
        });
    }

    /** A transaction of any manager is to be suspended. */
    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return TransactionSynchronizationManager.isSynchronizationActive();
    }

    /** The caller's connection is bound to the application's data source, where nothing here finds it. */
    @Override
    protected Object doSuspend(Object transaction) {
        return NOTHING;
    }

    @Override
    protected void doResume(@Nullable Object transaction, Object suspendedResources) {}
}
