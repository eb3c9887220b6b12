package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.sessiontracker.spi.LockState;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonLock;
import org.redisson.RedissonLockEntry;
import org.redisson.api.RFuture;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.command.CommandAsyncExecutor;

/**
 * Redisson's lock as one acquisition sees it: with an owner that nobody else is.
 *
 * <p>Waiters of one client that want the same lock share a subscription and its wake-ups. As Redisson has it, a waiter that
 * gives up takes others down with it: the first one's time-out fails the subscription of all, and a wake-up that reaches one
 * who does not want the lock any more is lost. What is overridden here keeps waiters apart.
 */
final class PerAcquisitionLock extends RedissonLock {

    private static final String EXTEND = """
            if redis.call('hexists', KEYS[1], ARGV[1]) == 1 then
                return redis.call('pexpire', KEYS[1], ARGV[2])
            end
            return 0
            """;

    private static final String LOOK = """
            local holder = redis.call('hgetall', KEYS[1])[1]
            return {holder or '', tostring(redis.call('pttl', KEYS[1]))}
            """;

    /** A wake-up is lost if the subscription breaks, or a lock ends without a release. */
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    // Unique in this process; together with the client's own id, everywhere. Random, as class loaders may share a
    // client.
    private static final AtomicLong OWNERS =
            new AtomicLong(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2));

    private final CommandAsyncExecutor executor;
    private final long owner = OWNERS.incrementAndGet();
    private final String ownerName = super.getLockName(owner);
    private final Renewal renewal = new Renewal(this, watchdogMillis());
    private volatile long askedAt;
    private volatile boolean withdrawn;
    private volatile CompletableFuture<RedissonLockEntry> subscription = new CompletableFuture<>();
    private volatile CompletableFuture<RedissonLockEntry> own = subscription;
    private volatile @Nullable RedissonLockEntry shared;
    private volatile boolean waiting;
    private volatile boolean inDoubt;
    private volatile Runnable whenRefused = () -> {};

    PerAcquisitionLock(CommandAsyncExecutor executor, String name) {
        super(executor, name);
        this.executor = executor;
    }

    /** The lock's field in Redis: who holds it. */
    String ownerName() {
        return ownerName;
    }

    /** {@link System#nanoTime} before the last try was sent. */
    long askedAt() {
        return askedAt;
    }

    CompletionStage<Boolean> tryLock(long waitMillis, long leaseMillis) {
        return tryLockAsync(waitMillis, leaseMillis, TimeUnit.MILLISECONDS, owner);
    }

    /** For a lock that was taken without a lease. */
    Renewal renewal() {
        return renewal;
    }

    /** Ends the renewal first, so that no failure leaves it behind. */
    CompletionStage<Void> unlockOwned() {
        cancelExpirationRenewal(owner, null);
        return unlockAsync(owner);
    }

    /** Sets the lease of a lock that is still held; may be sent twice, so Redisson repeats it if a reply is lost. */
    CompletionStage<Boolean> extendOwned(long millis) {
        long askedAt = System.nanoTime();
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
                renewal.answered(held, askedAt);
            }
        });
    }

    /** Who holds it now, whoever that is. */
    CompletionStage<LockState> lockState() {
        CompletionStage<List<Object>> found = executor.evalWriteAsync(
                getRawName(), StringCodec.INSTANCE, RedisCommands.EVAL_LIST, LOOK, List.<Object>of(getRawName()));
        return found.thenApply(reply -> {
            String holder = (String) reply.get(0);
            return holder.isEmpty()
                    ? LockState.FREE
                    : new LockState(holder, Duration.ofMillis(Long.parseLong((String) reply.get(1))));
        });
    }

    /**
     * The request was cancelled: from now on a wake-up that reaches it goes to another.
     *
     * @param whenRefused what to do once a try that is under way is refused
     */
    void withdraw(Runnable whenRefused) {
        this.whenRefused = whenRefused;
        withdrawn = true;
    }

    /** Wakes another waiter of this client, if there is one: this one did not use its wake-up. */
    void wakeNext() {
        RedissonLockEntry entry = shared;
        if (entry != null) {
            entry.tryRunListener();
        }
    }

    /** Whether the wait was over before the subscription was there; Redisson makes an error of that. */
    boolean outwaited() {
        return own.isCompletedExceptionally() && !subscription.isCompletedExceptionally();
    }

    long watchdogMillis() {
        return getServiceManager().getCfg().getLockWatchdogTimeout();
    }

    void later(Runnable task, long millis) {
        var unused = getServiceManager().newTimeout(timeout -> task.run(), millis, TimeUnit.MILLISECONDS);
    }

    /** Whether a try may have taken the lock, or may yet: it was sent, and neither refused nor undone since. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** Called for the arguments of every try, and so the place to note when each one began. */
    @Override
    protected String getLockName(long threadId) {
        askedAt = System.nanoTime();
        inDoubt = true;
        return super.getLockName(threadId);
    }

    /** A try was refused: another holds the lock. */
    private void refused() {
        inDoubt = false;
        if (withdrawn) {
            whenRefused.run();
        }
    }

    /** Called when a wait is over, or there is none. */
    @Override
    protected void trySuccessFalse(long threadId, CompletableFuture<Boolean> result) {
        refused();
        super.trySuccessFalse(threadId, result);
    }

    /** Asks for the lock's name as a try does, and is none. */
    @Override
    protected RFuture<Boolean> unlockInnerAsync(long threadId, String requestId, long timeout) {
        boolean before = inDoubt;
        RFuture<Boolean> unlocked = super.unlockInnerAsync(threadId, requestId, timeout);
        inDoubt = before;
        return unlocked;
    }

    /** Called once a lock without a lease is granted. */
    @Override
    protected void scheduleExpirationRenewal(long threadId) {
        renewal.begin(askedAt);
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
     * Called when the first try was refused. A stage of its own for each waiter: it may time out without failing the one that
     * others share.
     */
    @Override
    protected CompletableFuture<RedissonLockEntry> subscribe(long threadId) {
        refused();
        CompletableFuture<RedissonLockEntry> common = super.subscribe(threadId);
        pubSub.timeout(common);
        CompletableFuture<RedissonLockEntry> mine = common.thenApply(entry -> new WaitersEntry(entry, this::refused));
        var unusedFollower = mine.whenComplete((entry, failure) -> {
            if (failure != null) {
                var unusedLeft = common.thenAccept(late -> super.unsubscribe(late, threadId));
            } else {
                shared = common.join();
                waiting = true;
                later(this::lookAgain, LOOK_AGAIN_MILLIS);
            }
        });
        subscription = common;
        own = mine;
        return mine;
    }

    @Override
    protected void unsubscribe(RedissonLockEntry entry, long threadId) {
        waiting = false;
        super.unsubscribe(entry instanceof WaitersEntry mine ? mine.shared() : entry, threadId);
        if (withdrawn) {
            wakeNext();
        }
    }

    /** Whichever waiter of the lock this wakes: each has its timer, so all have their turn. */
    private void lookAgain() {
        if (waiting) {
            wakeNext();
            later(this::lookAgain, LOOK_AGAIN_MILLIS);
        }
    }
}
