package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonLock;
import org.redisson.RedissonLockEntry;
import org.redisson.api.RFuture;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncExecutor;

/**
 * A Redisson lock whose owner is one acquisition instead of one thread.
 *
 * <p>Waiters of one client for the same lock share a subscription and its wake-ups. In Redisson, a waiter that stops waiting
 * affects the others: the first one's time-out fails the subscription of all, and a wake-up that reaches a withdrawn waiter is
 * lost. The overridden methods isolate waiters from each other.
 */
final class PerAcquisitionLock extends RedissonLock {

    private static final String EXTEND = """
            if redis.call('hexists', KEYS[1], ARGV[1]) == 1 then
                return redis.call('pexpire', KEYS[1], ARGV[2])
            end
            return 0
            """;

    private static final String STATE = """
            local holder = redis.call('hgetall', KEYS[1])[1]
            return {holder or '', tostring(redis.call('pttl', KEYS[1]))}
            """;

    /** Retries bound the wait if the subscription breaks, or a lock expires without a release. */
    private static final long RETRY_MILLIS = 1_000;

    // Unique in this process, and with the client's id globally. Starts at random, as class loaders may share a client.
    private static final AtomicLong OWNERS =
            new AtomicLong(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2));

    private final CommandAsyncExecutor executor;
    private final long owner = OWNERS.incrementAndGet();
    private final String ownerName = super.getLockName(owner);
    private final Renewal renewal = new Renewal(this, watchdogMillis());
    private volatile long sentAt;
    private volatile boolean withdrawn;
    private volatile CompletableFuture<RedissonLockEntry> subscription = new CompletableFuture<>();
    private volatile CompletableFuture<RedissonLockEntry> ownSubscription = subscription;
    private volatile @Nullable RedissonLockEntry shared;
    private volatile boolean waiting;
    private volatile boolean inDoubt;
    private volatile Runnable whenRefused = () -> {};

    PerAcquisitionLock(CommandAsyncExecutor executor, String name) {
        super(executor, name);
        this.executor = executor;
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

    /** Returns the renewal of a lock without a lease. */
    Renewal renewal() {
        return renewal;
    }

    /** Ends the renewal first, so that a failed release does not leave it running. */
    CompletionStage<Void> unlockOwned() {
        cancelExpirationRenewal(owner, null);
        return unlockAsync(owner);
    }

    /** Sets the lease of a lock that is still held. Idempotent, so Redisson may resend it if a reply is lost. */
    CompletionStage<Boolean> extendOwned(long millis) {
        long sentAt = System.nanoTime();
        CompletionStage<Boolean> extended = executor.evalWriteAsync(
                getRawName(),
                LongCodec.INSTANCE,
                RedisCommands.EVAL_BOOLEAN,
                EXTEND,
                List.<Object>of(getRawName()),
                ownerName,
                millis);
        return extended.whenComplete((held, failure) -> {
            if (failure == null) {
                renewal.answered(held, sentAt);
            }
        });
    }

    /** Returns the holder and the rest of its lease. */
    CompletionStage<LockState> lockState() {
        CompletionStage<List<Object>> found = executor.evalWriteAsync(
                getRawName(), StringCodec.INSTANCE, RedisCommands.EVAL_LIST, STATE, List.<Object>of(getRawName()));
        return found.thenApply(reply -> {
            String holder = (String) reply.get(0);
            return holder.isEmpty()
                    ? LockState.FREE
                    : new LockState(holder, Duration.ofMillis(Long.parseLong((String) reply.get(1))));
        });
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
        var unused = getServiceManager().newTimeout(timeout -> task.run(), millis, TimeUnit.MILLISECONDS);
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

    /** Called when a lock without a lease is granted. */
    @Override
    protected void scheduleExpirationRenewal(long threadId) {
        renewal.begin(sentAt);
    }

    /** Called before and after a release. */
    @Override
    protected void cancelExpirationRenewal(Long threadId, @Nullable Boolean unlockResult) {
        renewal.end();
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
