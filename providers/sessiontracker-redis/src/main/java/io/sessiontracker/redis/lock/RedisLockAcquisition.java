package io.sessiontracker.redis.lock;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.script.LockAttempt;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.RandomIds;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * A request for a lock, until its reply. All attempts use one id, so the lock can be released whatever the outcome of an attempt.
 *
 * @param <T> type of the reply
 */
final class RedisLockAcquisition<T> {

    private static final LockReply.Refused CONFLICTED = new LockReply.Refused(LockStatus.CONFLICTED);

    private final RedisLocks locks;
    private final RedisLockQueues queues;
    private final LockRequest request;
    private final LockForm<T> form;
    private final String id;
    private final String name;
    private final long giveUpAt;
    private final CompletableFuture<T> reply = new CompletableFuture<>();

    RedisLockAcquisition(RedisLocks locks, RedisLockQueues queues, LockRequest request, LockForm<T> form) {
        this.locks = locks;
        this.queues = queues;
        this.request = request;
        this.form = form;
        this.id = RandomIds.next();
        this.name = locks.operations().name(request.address());
        this.giveUpAt = System.nanoTime() + Durations.nanos(request.waitTime());
    }

    void start() {
        long wakeUps = queues.wakeUps(name);
        attempt(false).thenAccept(outcome -> {
            if (outcome == null || !outcome.isRefused()) {
                return;
            }
            if (request.waitTime().isZero() || isOver()) {
                refuse();
            } else {
                queues.join(this, outcome.left(), wakeUps);
            }
        });
    }

    /** Calls back when the caller cancels the request. */
    void onCancel(Runnable withdraw) {
        var unused = reply.whenComplete((result, failure) -> {
            if (reply.isCancelled()) {
                withdraw.run();
            }
        });
    }

    String name() {
        return name;
    }

    LockRequest request() {
        return request;
    }

    /** Returns what is left of the wait. */
    long remainingNanos() {
        return giveUpAt - System.nanoTime();
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    /** Returns whether the reply is complete or cancelled. */
    boolean isComplete() {
        return reply.isDone();
    }

    /** Replies that another holds the lock, unless there is a reply already. */
    void refuse() {
        reply.complete(form.refused(CONFLICTED));
    }

    /** Returns the reply's future; cancelling it withdraws the request. */
    CompletableFuture<T> reply() {
        return reply;
    }

    void failClosed() {
        reply.completeExceptionally(
                new SessionStoreException("Cannot lock " + request.address() + ": the provider was closed", null));
    }

    /**
     * Makes one attempt. Any outcome but a refusal completes the request; it is null if the attempt failed.
     *
     * @param othersWait whether others in this process wait, so that its release has to be published
     */
    CompletionStage<@Nullable LockAttempt> attempt(boolean othersWait) {
        CompletionStage<Void> release = locks.release(name);
        CompletionStage<@Nullable LockAttempt> outcome = send(othersWait);
        if (release == null) {
            return outcome;
        }
        // While a slot is moved, a later call can run earlier: a lock that was released in this process counts as free.
        return outcome.thenCompose(first -> first != null && first.isRefused()
                ? release.exceptionally(failed -> null).thenCompose(done -> send(othersWait))
                : CompletableFuture.completedStage(first));
    }

    private CompletionStage<@Nullable LockAttempt> send(boolean othersWait) {
        long sentAt = System.nanoTime();
        return locks.untilClosed(locks.runner()
                .run(form.call(request, id, othersWait))
                .handle((outcome, failure) -> outcome == null ? failed(failure) : answered(outcome, sentAt))
                .thenCompose(Function.identity()));
    }

    private CompletionStage<@Nullable LockAttempt> answered(LockAttempt outcome, long sentAt) {
        if (outcome.taken()) {
            return acquired(outcome, sentAt).handle((done, failure) -> outcome);
        }
        if (outcome.read() != null) {
            reply.complete(form.absent(outcome.read()));
        }
        return CompletableFuture.completedStage(outcome);
    }

    private CompletionStage<Void> acquired(LockAttempt outcome, long sentAt) {
        RedisHeldLock lock = new RedisHeldLock(locks, request, id, name, outcome.token(), sentAt);
        return reply.complete(form.acquired(new LockReply.Acquired(lock, sentAt), outcome.read()))
                ? CompletableFuture.completedStage(null)
                : lock.release();
    }

    /**
     * Releases a lock that a failed attempt may have acquired, unless the server refused it or was not asked. The caller waits for
     * that only if it has not waited for a whole time-out already.
     */
    private CompletionStage<@Nullable LockAttempt> failed(@Nullable Throwable failure) {
        Throwable unknown = Objects.requireNonNullElseGet(failure, IllegalStateException::new);
        Throwable cause = unknown.getCause();
        boolean refused = cause instanceof RedisCommandExecutionException || cause instanceof DataAccessException;
        CompletionStage<@Nullable Void> release = refused
                ? CompletableFuture.completedStage(null)
                : locks.releaseOf(request, id, Durations.millis(request.leaseTime()))
                        .releaseInDoubt();
        if (cause instanceof RedisCommandTimeoutException) {
            reply.completeExceptionally(unknown);
            return CompletableFuture.completedStage(null);
        }
        return release.handle((done, ignored) -> {
            reply.completeExceptionally(unknown);
            return null;
        });
    }
}
