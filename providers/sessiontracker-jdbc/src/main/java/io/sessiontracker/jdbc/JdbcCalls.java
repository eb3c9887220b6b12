package io.sessiontracker.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.CallerTransaction;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionException;

/**
 * Runs statements, either on a connection of their own or in the caller's transaction, and makes a {@link SessionStoreException} of what
 * fails.
 */
final class JdbcCalls {

    /** An SQL state: it is not known whether the statement was done. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private final SqlDialect dialect;
    private final @Nullable JoinedTransactions callers;
    private final JdbcClient joinedClient;
    private final OwnTransactions own;

    JdbcCalls(JdbcDatabase database, TransactionMode mode) {
        DataSource shared = withoutAwareness(database.dataSource());
        this.dialect = database.dialect();
        this.callers = mode == TransactionMode.JOIN ? new JoinedTransactions(shared) : null;
        this.joinedClient = JdbcClient.create(shared);
        this.own = new OwnTransactions(shared);
    }

    /** Creates calls that are never part of the caller's transaction. */
    static JdbcCalls own(JdbcDatabase database) {
        return new JdbcCalls(database, TransactionMode.REQUIRES_NEW);
    }

    /** Such a proxy would give its caller's connection to all. */
    private static DataSource withoutAwareness(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                ? proxy.getTargetDataSource()
                : dataSource;
    }

    /** Returns the caller's transaction that a call is part of now. */
    Optional<CallerTransaction> callerTransaction() {
        return Optional.ofNullable(joined());
    }

    /** Returns whether a call is part of the caller's transaction now. */
    boolean isJoined() {
        return joined() != null;
    }

    private @Nullable JoinedTransaction joined() {
        return callers == null ? null : callers.current();
    }

    /** Reads without a transaction: each statement sees what is committed. In the caller's transaction, it sees what that sees. */
    <T> T read(String what, Function<JdbcClient, T> query) {
        JoinedTransaction joined = joined();
        return joined == null ? translate(what, () -> own.withoutTransaction(query)) : join(joined, what, query);
    }

    /**
     * Changes something in a transaction, which is rolled back where the change answers false. In the caller's transaction it must have
     * changed nothing then.
     *
     * @return whether the change is made; false also where the database ended the transaction because of another one
     */
    boolean change(String what, Predicate<JdbcClient> change) {
        JoinedTransaction joined = joined();
        return joined == null
                ? unlessConflict(what, () -> own.inTransaction(change)).orElse(false)
                : join(joined, what, change::test);
    }

    /**
     * Changes something by one statement, which commits itself unless it is part of the caller's transaction.
     *
     * @return the statement's answer; empty also where the database ended the statement because of another one
     */
    <T> Optional<T> changeAtOnce(String what, Function<JdbcClient, Optional<T>> statement) {
        JoinedTransaction joined = joined();
        return joined == null
                ? unlessConflict(what, () -> own.committed(statement)).flatMap(Function.identity())
                : join(joined, what, statement);
    }

    private <T> Optional<T> unlessConflict(String what, Supplier<T> change) {
        return translate(what, () -> {
            try {
                return Optional.of(change.get());
            } catch (DataAccessException failed) {
                if (!isConflict(failed)) {
                    throw failed;
                }
                return Optional.empty();
            }
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

    /** Nothing is tried again: after an error, some databases refuse all that follows in the transaction. */
    private <T> T join(JoinedTransaction joined, String what, Function<JdbcClient, T> call) {
        try {
            return call.apply(joinedClient);
        } catch (DataAccessException | TransactionException failed) {
            joined.fail(failed);
            throw new SessionStoreException(
                    what + " failed in the database, and the transaction can only be rolled back: "
                            + failed.getMessage(),
                    failed);
        }
    }

    private static <T> T translate(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (DataAccessException | TransactionException failed) {
            throw new SessionStoreException(what + " failed in the database: " + failed.getMessage(), failed);
        }
    }
}
