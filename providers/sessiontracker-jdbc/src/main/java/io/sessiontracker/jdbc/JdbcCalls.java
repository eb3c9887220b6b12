package io.sessiontracker.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.sessiontracker.SessionStoreException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs statements on a connection of their own, whatever transaction the caller has, and makes a
 * {@link SessionStoreException} of what fails.
 */
final class JdbcCalls {

    /** An SQL state: it is not known whether the statement was done. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private final SqlDialect dialect;
    private final JdbcTemplate template;
    private final JdbcClient client;
    private final TransactionTemplate withoutTransaction;
    private final TransactionTemplate newTransaction;

    JdbcCalls(JdbcDatabase database) {
        dialect = database.dialect();
        template = new JdbcTemplate(database.dataSource());
        client = JdbcClient.create(template);
        JdbcTransactionManager transactions = new JdbcTransactionManager(database.dataSource());
        withoutTransaction = new TransactionTemplate(transactions);
        withoutTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        newTransaction = new TransactionTemplate(transactions);
        newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Reads without a transaction: each statement sees what is committed. */
    <T> T read(String what, Function<JdbcClient, T> query) {
        return translate(what, () -> withoutTransaction.execute(status -> query.apply(client)));
    }

    /**
     * Changes something in a transaction, which is rolled back where the change answers false.
     *
     * @return whether the change is committed; false also where the database ended the transaction because of another one
     */
    boolean change(String what, Predicate<JdbcClient> change) {
        return translate(what, () -> {
            try {
                return newTransaction.execute(status -> {
                    boolean done = change.test(client);
                    if (!done) {
                        status.setRollbackOnly();
                    }
                    return done;
                });
            } catch (DataAccessException failed) {
                if (!isConflict(failed)) {
                    throw failed;
                }
                return false;
            }
        });
    }

    /**
     * Changes something by one statement, which commits itself.
     *
     * @return the statement's answer; empty also where the database ended the statement because of another one
     */
    <T> Optional<T> changeAtOnce(String what, Function<JdbcClient, Optional<T>> statement) {
        return translate(what, () -> {
            try {
                return withoutTransaction.execute(status -> {
                    Optional<T> answer = statement.apply(client);
                    commit();
                    return answer;
                });
            } catch (DataAccessException failed) {
                if (!isConflict(failed)) {
                    throw failed;
                }
                return Optional.empty();
            }
        });
    }

    /** A pool's connections may begin a transaction with each statement. */
    private void commit() {
        template.execute((ConnectionCallback<Boolean>) connection -> {
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return true;
        });
    }

    /** Returns whether the database ended a statement because of another transaction, and it is known that nothing was changed. */
    private boolean isConflict(DataAccessException failed) {
        SQLException cause = NestedExceptionUtils.getMostSpecificCause(failed) instanceof SQLException sql ? sql : null;
        if (cause != null && COMPLETION_UNKNOWN.equals(cause.getSQLState())) {
            return false;
        }
        return failed instanceof ConcurrencyFailureException
                || failed instanceof DuplicateKeyException
                || cause != null && dialect.isConflict(cause);
    }

    private static <T> T translate(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (DataAccessException | TransactionException failed) {
            throw new SessionStoreException(what + " failed in the database: " + failed.getMessage(), failed);
        }
    }
}
