package io.sessiontracker.redis.lock;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.client.LockAttempt;
import io.sessiontracker.redis.client.ScriptCall;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.RandomIds;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * One request for a lock, until its reply. The id is chosen here and kept for every try, so the lock can be given back
 * whatever became of a try.
 *
 * @param <T> what the asker is told
 */
final class RedisLockAcquisition<T> {

    /** What is asked, and how its outcome is told. */
    interface Form<T> {

        ScriptCall<LockAttempt> operation(LockRequest request, String id, boolean othersWait);

        T acquired(LockReply.Acquired lock, @Nullable StoreReply read);

        T refused(LockReply.Refused refusal);

        T absent(StoreReply read);
    }

    private static final LockReply.Refused CONFLICTED = new LockReply.Refused(LockStatus.CONFLICTED);

    private final RedisLocks locks;
    private final RedisLockQueues queues;
    private final LockRequest request;
    private final Form<T> form;
    private final String id;
    private final String name;
    private final long giveUpAt;
    private final CompletableFuture<T> reply = new CompletableFuture<>();

    RedisLockAcquisition(RedisLocks locks, RedisLockQueues queues, LockRequest request, Form<T> form) {
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

    /** Called back when the asker does not want it any more, while it waits. */
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

    /** What is left of the wait. */
    long remainingNanos() {
        return giveUpAt - System.nanoTime();
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    /** Whether nobody waits for it any more. */
    boolean isSettled() {
        return reply.isDone();
    }

    /** Answers that another holds it, unless there is an answer already. */
    void refuse() {
        reply.complete(form.refused(CONFLICTED));
    }

    /** The reply's future; whoever cancels it withdraws the request. */
    CompletableFuture<T> reply() {
        return reply;
    }

    void failClosed() {
        reply.completeExceptionally(
                new SessionStoreException("Cannot lock " + request.address() + ": the provider was closed", null));
    }

    /**
     * Tries once. Whatever is not a refusal settles the request; null if it could not be tried.
     *
     * @param othersWait whether others are known to wait, who are to be told of its release
     */
    CompletionStage<@Nullable LockAttempt> attempt(boolean othersWait) {
        CompletionStage<Void> release = locks.release(name);
        CompletionStage<@Nullable LockAttempt> outcome = send(othersWait);
        if (release == null) {
            return outcome;
        }
        // Where a slot moves, what was sent later can be carried out earlier: a lock that was closed here counts as
        // free.
        return outcome.thenCompose(first -> first != null && first.isRefused()
                ? release.exceptionally(failed -> null).thenCompose(done -> send(othersWait))
                : CompletableFuture.completedStage(first));
    }

    private CompletionStage<@Nullable LockAttempt> send(boolean othersWait) {
        long askedAt = System.nanoTime();
        return locks.untilClosed(locks.run(form.operation(request, id, othersWait))
                .handle((outcome, failure) -> outcome == null ? failed(failure) : answered(outcome, askedAt))
                .thenCompose(Function.identity()));
    }

    private CompletionStage<@Nullable LockAttempt> answered(LockAttempt outcome, long askedAt) {
        if (outcome.taken()) {
            return acquired(outcome, askedAt).handle((done, failure) -> outcome);
        }
        if (outcome.read() != null) {
            reply.complete(form.absent(outcome.read()));
        }
        return CompletableFuture.completedStage(outcome);
    }

    private CompletionStage<Void> acquired(LockAttempt outcome, long askedAt) {
        RedisHeldLock lock = new RedisHeldLock(locks, request, id, name, askedAt);
        return reply.complete(form.acquired(new LockReply.Acquired(lock, askedAt), outcome.read()))
                ? CompletableFuture.completedStage(null)
                : lock.release();
    }

    /**
     * Whether it was taken is known if the server said no, or was not even asked. The asker waits for the release of what was
     * perhaps taken only if it has not waited for a whole time-out already.
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
