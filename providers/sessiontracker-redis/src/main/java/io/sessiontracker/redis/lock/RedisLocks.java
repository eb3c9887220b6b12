package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.script.LockScripts;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.LockReleaseRetry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the locks of a provider share: its scripts and runner, one thread for delayed tasks, and the releases in flight. */
final class RedisLocks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisLocks.class);

    private final LockScripts operations;
    private final LettuceRunner runner;
    private final ScheduledThreadPoolExecutor scheduler;
    private final ConcurrentMap<String, CompletableFuture<Void>> releases = new ConcurrentHashMap<>();
    private final Set<CompletionStage<?>> attempts = ConcurrentHashMap.newKeySet();

    RedisLocks(LockScripts operations, LettuceRunner runner) {
        this.operations = operations;
        this.runner = runner;
        this.scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sessiontracker-redis-locks");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    LockScripts operations() {
        return operations;
    }

    LettuceRunner runner() {
        return runner;
    }

    /** Runs a task on the thread. The thread starts with its first task, so a process without waiters has none. */
    void execute(Runnable task) {
        scheduler.execute(() -> guarded(task));
    }

    /** Runs a task on the thread after a delay; after {@link #close} never. */
    Future<?> later(Runnable task, long delay, TimeUnit unit) {
        try {
            return scheduler.schedule(() -> guarded(task), delay, unit);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("Unexpected failure on the locks' thread; other locks continue", e);
        }
    }

    /** Returns the release of the lock that a request took, or may have taken, with that id. */
    LockReleaseRetry releaseOf(LockRequest request, String id, long leaseMillis) {
        return new LockReleaseRetry(
                () -> runner.run(operations.unlock(request.address(), id)),
                leaseMillis,
                (task, delay) -> later(task, delay, TimeUnit.MILLISECONDS));
    }

    /** Lets {@link #close} wait for that attempt, and for the release of a lock whose waiter was gone. */
    <T extends @Nullable Object> CompletionStage<T> untilClosed(CompletionStage<T> attempt) {
        attempts.add(attempt);
        return attempt.whenComplete((outcome, failure) -> attempts.remove(attempt));
    }

    /** Returns the release of that lock in flight that its caller does not await; null if there is none. */
    @Nullable
    CompletionStage<Void> release(String name) {
        return releases.get(name);
    }

    /** Notes a release that its caller does not await, until it is over. */
    CompletableFuture<Void> beginRelease(String name) {
        CompletableFuture<Void> release = new CompletableFuture<>();
        releases.put(name, release);
        var unused = release.whenComplete((done, failure) -> releases.remove(name, release));
        return release;
    }

    /** Ends renewal and waiting, and awaits attempts and releases in flight, as the connection may be closed next. */
    @Override
    public void close() {
        scheduler.shutdown();
        CompletableFuture<?> all = CompletableFuture.allOf(Stream.concat(attempts.stream(), releases.values().stream())
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new));
        Duration timeout = runner.commandTimeout();
        try {
            all.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("Not every lock was released before close; the others end with their leases", e);
        }
    }
}
