package io.sessiontracker.redisson;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.command.CommandAsyncExecutor;

/**
 * Locks by Redisson on one Redis, a Sentinel group or a Cluster.
 *
 * <p>A lock is the hash {@code <namespace>:{<type>#<bucket>}:lock:<key>}, in the slot of its session's data. Each
 * acquisition is an owner of its own, so it can be released from any thread, and two acquisitions never share a lock. A
 * waiter is woken when the lock is released, and looks each second in case it was not;
 * {@link LockRequest#retryInterval} is not used. A renewed lock is held by
 * Redisson's watchdog, for {@code Config.lockWatchdogTimeout} at a time, whatever lease was asked for. No thread and no
 * connection belongs to a lock or a waiter.
 *
 * <p>Where the master has replicas, Redisson waits for one of them to confirm; if none does, the lock is given back, and the
 * reply is {@link io.sessiontracker.LockStatus#NO_QUORUM}. As with any lock that replicates asynchronously, a failover can
 * still lose one.
 *
 * <p>Stages complete on Redisson's I/O and timer threads: what follows them must not block.
 */
public final class RedissonSessionLockProvider implements SessionLockProvider {

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final CommandAsyncExecutor executor;
    private final String namespace;

    /**
     * Uses the client, which stays its owner's to shut down; sends nothing yet.
     *
     * @param namespace what all keys begin with: 1 to 64 of ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid, or the client is not a plain {@link Redisson}: a
     *     lock with an owner per acquisition needs what its interface does not offer
     */
    public RedissonSessionLockProvider(RedissonClient client, String namespace) {
        Objects.requireNonNull(client, "client");
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "Not a namespace: \"" + namespace + "\". It must be 1 to 64 of ASCII letters, digits and . _ - :");
        }
        if (!(client instanceof Redisson redisson)) {
            throw new IllegalArgumentException("Not an org.redisson.Redisson but a "
                    + client.getClass().getName() + ". Pass the client itself, not a proxy of it");
        }
        this.executor = redisson.getCommandExecutor();
        this.namespace = namespace;
    }

    @Override
    public CompletionStage<LockReply> acquire(LockRequest request) {
        Objects.requireNonNull(request, "request");
        try {
            return new Acquisition(new OwnedLock(executor, lockName(request.address())), request).start();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(Failures.of("lock", request.address(), e));
        }
    }

    private String lockName(SessionAddress address) {
        return namespace + ":{" + address.type() + "#" + address.bucket() + "}:lock:" + address.key();
    }
}
