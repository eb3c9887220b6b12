package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import io.sessiontracker.spi.support.Namespaces;
import org.jspecify.annotations.Nullable;

/**
 * Provides locks in a DynamoDB table. A lock is an item with its owner and its lease. DynamoDB has no clock that could end a lease, and
 * no two machines' clocks are compared: a lock that its holder abandoned becomes free for a process once that process has seen it
 * unchanged for the whole lease.
 *
 * <p>A waiter tries again at random times, on average each {@link LockRequest#retryInterval}. A renewed lock gets its whole lease again
 * each time a third of it has passed.
 */
public final class DynamoDbSessionLockProvider implements SessionLockProvider, AutoCloseable {

    private final DynamoDbLocks locks;
    private final Set<DynamoDbLockAcquisition> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Provides locks in a namespace; two namespaces never share a lock.
     *
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public DynamoDbSessionLockProvider(DynamoDbTable table, String namespace) {
        this.locks = new DynamoDbLocks(new DynamoDbLockTable(table, Namespaces.require(namespace)));
    }

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public CompletionStage<LockReply> acquire(LockRequest request) {
        DynamoDbLockAcquisition acquisition =
                new DynamoDbLockAcquisition(locks, Objects.requireNonNull(request, "request"));
        pending.add(acquisition);
        var unused = acquisition.reply().whenComplete((reply, failure) -> pending.remove(acquisition));
        // A concurrent close either finds it among the pending, or is noticed here.
        if (closed.get()) {
            acquisition.failClosed();
        } else {
            acquisition.attempt();
        }
        return acquisition.reply();
    }

    /**
     * Reads who holds a lock. The lease that is left is counted from when this process first saw the lock as it is: the real one may be
     * shorter.
     */
    @Override
    public CompletionStage<Optional<LockState>> lockState(SessionAddress address) {
        return locks.run(table -> table.read(address))
                .thenApply(stored -> Optional.of(state(address, stored.holder())));
    }

    private LockState state(SessionAddress address, @Nullable LockItem item) {
        if (item == null) {
            return LockState.FREE;
        }
        long left = locks.observations().observe(address, item);
        return left > 0 ? new LockState(item.owner(), Duration.ofNanos(left)) : LockState.FREE;
    }

    /** Fails all waiters and ends renewal: a lock that is held becomes free when its lease is over, unless it was released. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pending.forEach(DynamoDbLockAcquisition::failClosed);
            locks.close();
        }
    }
}
