package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonLock;
import org.redisson.RedissonLockEntry;
import org.redisson.api.RFuture;
import org.redisson.command.CommandAsyncExecutor;

/**
 * A Redisson lock whose owner is one acquisition instead of one thread.
 *
 * <p>Waiters of one client for the same lock share a subscription and its wake-ups. In Redisson, a waiter that stops waiting
 * affects the others: the first one's time-out fails the subscription of all, and a wake-up that reaches a withdrawn waiter is
 * lost. The overridden methods isolate waiters from each other.
 */
final class PerAcquisitionLock extends RedissonLock {

    /** Retries bound the wait if the subscription breaks, or a lock expires without a release. */
    private static final long RETRY_MILLIS = 1_000;

    // Unique in this process, and with the client's id globally. Starts at random, as class loaders may share a client.
    private static final AtomicLong OWNERS =
            new AtomicLong(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2));

    private final CommandAsyncExecutor executor;
    private final FencedAttempt attempt;
    private final long owner = OWNERS.incrementAndGet();
    private final String ownerName = super.getLockName(owner);
    private volatile long sentAt;
    private volatile boolean withdrawn;
    private volatile CompletableFuture<RedissonLockEntry> subscription = new CompletableFuture<>();
    private volatile CompletableFuture<RedissonLockEntry> ownSubscription = subscription;
    private volatile @Nullable RedissonLockEntry shared;
    private volatile boolean waiting;
    private volatile boolean inDoubt;
    private volatile Runnable whenRefused = () -> {};

    PerAcquisitionLock(CommandAsyncExecutor executor, String name, String tokenName) {
        this(executor, name, new FencedAttempt(executor, tokenName));
    }

    private PerAcquisitionLock(CommandAsyncExecutor executor, String name, FencedAttempt attempt) {
        super(attempt, name);
        this.executor = executor;
        this.attempt = attempt;
    }

    /** Returns the fencing token of the grant. */
    long token() {
        return attempt.token();
    }

    /** Returns the holder's field in Redis. */
    String ownerName() {
        return ownerName;
    }

    /** Returns the {@link System#nanoTime} before the last attempt was sent. */
    long sentAt() {
        return sentAt;
    }

    CompletionStage<Boolean> tryLock(long waitMillis, long leaseMillis) {
        return tryLockAsync(waitMillis, leaseMillis, TimeUnit.MILLISECONDS, owner);
    }

    CompletionStage<Void> unlockOwned() {
        return unlockAsync(owner);
    }

    /** Sets the lease if the lock is still held; returns whether it is. */
    CompletionStage<Boolean> extendOwned(long millis) {
        return new RedissonScripts(executor, getRawName()).extend(ownerName, millis);
    }

    /**
     * Withdraws the request: wake-ups that reach it are passed on.
     *
     * @param whenRefused runs if an attempt that is under way is refused
     */
    void withdraw(Runnable whenRefused) {
        this.whenRefused = whenRefused;
        withdrawn = true;
    }

    /** Wakes another waiter of this client, if any, instead of this one. */
    void wakeNext() {
        RedissonLockEntry entry = shared;
        if (entry != null) {
            entry.tryRunListener();
        }
    }

    /** Returns whether the wait ended before the subscription was confirmed, which Redisson reports as an error. */
    boolean timedOutWhileSubscribing() {
        return ownSubscription.isCompletedExceptionally() && !subscription.isCompletedExceptionally();
    }

    long watchdogMillis() {
        return getServiceManager().getCfg().getLockWatchdogTimeout();
    }

    void schedule(Runnable task, long millis) {
        var unused = later(task, millis);
    }

    /** Runs a task on Redisson's timer, unless the returned future is cancelled before. */
    Future<?> later(Runnable task, long millis) {
        CompletableFuture<@Nullable Void> ran = new CompletableFuture<>();
        Timeout timer = getServiceManager().newTimeout(timeout -> task.run(), millis, TimeUnit.MILLISECONDS);
        var unused = ran.whenComplete((done, cancelled) -> timer.cancel());
        return ran;
    }

    /** Returns whether an attempt was sent that may hold the lock, now or later: neither refused nor released since. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** Called for the arguments of each attempt, so it records when that was sent. */
    @Override
    protected String getLockName(long threadId) {
        sentAt = System.nanoTime();
        inDoubt = true;
        return super.getLockName(threadId);
    }

    /** An attempt was refused: another acquisition holds the lock. */
    private void refused() {
        inDoubt = false;
        if (withdrawn) {
            whenRefused.run();
        }
    }

    /** Called when the wait is over, or there is none. */
    @Override
    protected void trySuccessFalse(long threadId, CompletableFuture<Boolean> result) {
        refused();
        super.trySuccessFalse(threadId, result);
    }

    /** Uses the lock's name like an attempt, without being one. */
    @Override
    protected RFuture<Boolean> unlockInnerAsync(long threadId, String requestId, long timeout) {
        boolean before = inDoubt;
        RFuture<Boolean> unlocked = super.unlockInnerAsync(threadId, requestId, timeout);
        inDoubt = before;
        return unlocked;
    }

    /** Called after a release; Redisson's own renewal is not in use. */
    @Override
    protected void cancelExpirationRenewal(Long threadId, @Nullable Boolean unlockResult) {
        if (Boolean.TRUE.equals(unlockResult)) {
            inDoubt = false;
        }
    }

    /**
     * Called when the first attempt was refused. Returns a separate stage for each waiter, whose time-out does not fail the shared
     * one.
     */
    @Override
    protected CompletableFuture<RedissonLockEntry> subscribe(long threadId) {
        refused();
        CompletableFuture<RedissonLockEntry> common = super.subscribe(threadId);
        pubSub.timeout(common);
        CompletableFuture<RedissonLockEntry> own = common.thenApply(entry -> new WaiterEntry(entry, this::refused));
        var unusedFollower = own.whenComplete((entry, failure) -> {
            if (failure != null) {
                var unusedUnsubscription = common.thenAccept(late -> super.unsubscribe(late, threadId));
            } else {
                shared = common.join();
                waiting = true;
                schedule(this::retry, RETRY_MILLIS);
            }
        });
        subscription = common;
        ownSubscription = own;
        return own;
    }

    @Override
    protected void unsubscribe(RedissonLockEntry entry, long threadId) {
        waiting = false;
        super.unsubscribe(entry instanceof WaiterEntry own ? own.shared() : entry, threadId);
        if (withdrawn) {
            wakeNext();
        }
    }

    /** Wakes any waiter of the lock: each has a timer, so all get their turn. */
    private void retry() {
        if (waiting) {
            wakeNext();
            schedule(this::retry, RETRY_MILLIS);
        }
    }
}
