package io.sessiontracker.jdbc;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.CallerTransaction;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronization;

/** A caller's transaction that calls on sessions are part of. Used by one thread. */
final class JoinedTransaction implements CallerTransaction, TransactionSynchronization {

    private static final Mark BEGIN = new Mark(0, 0, null);

    private final JoinedTransactions owner;
    private final ConnectionHolder connection;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> afterRollback = new ArrayList<>();
    private final Map<Object, Mark> savepoints = new IdentityHashMap<>();
    private @Nullable RuntimeException failure;
    private boolean ended;

    /** What was known at a savepoint: how many tasks there were, and the failure. */
    private record Mark(
            int afterCommit, int afterRollback, @Nullable RuntimeException failure) {}

    JoinedTransaction(JoinedTransactions owner, ConnectionHolder connection) {
        this.owner = owner;
        this.connection = connection;
    }

    boolean isOf(JoinedTransactions other) {
        return owner == other;
    }

    /** Returns whether it is committed or rolled back, and only callbacks still run: what they do would not be committed with it. */
    boolean isEnded() {
        return ended;
    }

    /** Lets it end by a rollback only. */
    void fail(RuntimeException cause) {
        failure = cause;
        connection.setRollbackOnly();
    }

    @Override
    public void afterCommit(Runnable task) {
        afterCommit.add(task);
    }

    @Override
    public void afterRollback(Runnable task) {
        afterRollback.add(task);
    }

    /** Callbacks of others that follow a commit find this ended. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, new Mark(afterCommit.size(), afterRollback.size(), failure));
    }

    /** A savepoint that is not known is older than the first call. */
    @Override
    public void savepointRollback(Object savepoint) {
        Mark mark = savepoints.getOrDefault(savepoint, BEGIN);
        failure = mark.failure();
        truncate(afterCommit, mark.afterCommit());
        runAfterRollback(mark.afterRollback());
    }

    /** Not each transaction manager looks at the connection's mark. At a {@code TransactionException} it would not roll back. */
    @Override
    public void beforeCommit(boolean readOnly) {
        if (failure != null) {
            throw new SessionStoreException(
                    "The transaction is rolled back, because a call on a session failed in the database", failure);
        }
    }

    @Override
    public void afterCommit() {
        ended = true;
        List<Runnable> tasks = List.copyOf(afterCommit);
        afterCommit.clear();
        tasks.forEach(Runnable::run);
    }

    /** If a callback of another one threw, {@link #afterCommit()} was not called. */
    @Override
    public void afterCompletion(int status) {
        ended = true;
        if (status == STATUS_COMMITTED) {
            afterCommit();
        } else {
            runAfterRollback(0);
        }
    }

    private void runAfterRollback(int from) {
        for (int last = afterRollback.size() - 1; last >= from; last--) {
            afterRollback.get(last).run();
        }
        truncate(afterRollback, from);
    }

    private static void truncate(List<?> tasks, int size) {
        tasks.subList(size, tasks.size()).clear();
    }
}
