package io.sessiontracker.jdbc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the locks of a provider share: the table, and the threads that run statements on it, renew locks and time waiters. */
final class JdbcLocks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JdbcLocks.class);
    private static final int THREADS = 4;
    private static final int TAKES_PER_PURGE = 1000;
    private static final long IDLE_SECONDS = 60;
    private static final long CLOSE_SECONDS = 10;

    private final LockTable table;
    private final ScheduledThreadPoolExecutor threads;
    private final AtomicInteger takes = new AtomicInteger();
    private final @Nullable ReleaseListener listener;

    /** @param listener notices releases; null if waiters only look at intervals */
    JdbcLocks(LockTable table, @Nullable ReleaseListener listener) {
        this.table = table;
        this.listener = listener;
        this.threads = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "sessiontracker-jdbc-locks");
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a statement on one of the threads: the caller is not blocked, and has no transaction there. */
    <R> CompletionStage<R> run(Function<LockTable, R> statement) {
        try {
            return CompletableFuture.supplyAsync(() -> statement.apply(table), threads);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedStage(new SessionStoreException("The lock provider is closed", closed));
        }
    }

    /** Runs a task after a delay; after {@link #close} never. */
    Future<?> later(Runnable task, long delay, TimeUnit unit) {
        try {
            return threads.schedule(task, delay, unit);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs a task whenever a lock is released by anyone, until the stage is complete; it may be missed. */
    void onRelease(LockTable.Key key, Runnable task, CompletionStage<?> end) {
        if (listener != null) {
            String notification = table.notification(key);
            listener.add(notification, task);
            var unused = end.whenComplete((value, failure) -> listener.remove(notification, task));
        }
    }

    /** Returns whether {@link #onRelease} works now. */
    boolean isListening() {
        return listener != null && listener.isListening();
    }

    /** Counts a lock that was taken, and sometimes removes expired ones. */
    void taken() {
        if (takes.incrementAndGet() % TAKES_PER_PURGE == 0) {
            var unused = run(each -> {
                        each.purge();
                        return true;
                    })
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            log.warn(
                                    "Cannot remove expired locks; trying again after the next {}",
                                    TAKES_PER_PURGE,
                                    failure);
                        }
                    });
        }
    }

    /** Returns the release of the lock that a request took, or may have taken, with that id. */
    LockReleaseRetry releaseOf(LockRequest request, String id, long leaseMillis) {
        LockTable.Key key = LockTable.Key.of(request.address());
        return new LockReleaseRetry(
                () -> run(each -> each.release(key, id)),
                leaseMillis,
                (task, delay) -> later(task, delay, TimeUnit.MILLISECONDS));
    }

    /** Ends renewal and waiting, and awaits statements in flight, as the data source may be closed next. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Not every lock was released before close; the others end with their leases");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
