package io.sessiontracker.dynamodb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shared by the locks of a provider: the table, the observations, and the thread that renews locks and times waiters. */
final class DynamoDbLocks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DynamoDbLocks.class);
    private static final long IDLE_SECONDS = 60;
    private static final long CLOSE_SECONDS = 10;

    private final DynamoDbLockTable table;
    private final LockObservations observations = new LockObservations();
    private final ScheduledThreadPoolExecutor timer;
    /** The requests under way; and one more until close. */
    private final AtomicLong busy = new AtomicLong(1);

    private final CountDownLatch idle = new CountDownLatch(1);

    DynamoDbLocks(DynamoDbLockTable table) {
        this.table = table;
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sessiontracker-dynamodb-locks");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    LockObservations observations() {
        return observations;
    }

    long nextToken(long last) {
        return table.nextToken(last);
    }

    /** Sends a request. {@link #close} waits for it, and for the requests that its outcome causes. */
    <R> CompletableFuture<R> run(Function<DynamoDbLockTable, CompletableFuture<R>> request) {
        CompletableFuture<R> reply = new CompletableFuture<>();
        busy.incrementAndGet();
        var unused = request.apply(table).whenComplete((value, failure) -> {
            if (failure == null) {
                reply.complete(value);
            } else {
                reply.completeExceptionally(DynamoDbCalls.unwrap(failure));
            }
            ended();
        });
        return reply;
    }

    private void ended() {
        if (busy.decrementAndGet() == 0) {
            idle.countDown();
        }
    }

    /** Runs a task after a delay; after {@link #close} never. */
    Future<?> later(Runnable task, long delay, TimeUnit unit) {
        try {
            return timer.schedule(task, delay, unit);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Returns the release of the lock that a request took, or may have taken, with that id. */
    LockReleaseRetry releaseOf(LockRequest request, String id, long leaseMillis) {
        return new LockReleaseRetry(
                () -> run(table -> table.release(request.address(), id)).whenComplete((released, failure) -> {
                    if (failure == null) {
                        observations.forget(request.address(), id);
                    }
                }),
                leaseMillis,
                (task, delay) -> later(task, delay, TimeUnit.MILLISECONDS));
    }

    /** Ends renewal and waiting, and awaits requests under way, as the client may be closed next. */
    @Override
    public void close() {
        timer.shutdown();
        ended();
        try {
            if (!idle.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Not every lock was released before close; the others end with their leases");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
