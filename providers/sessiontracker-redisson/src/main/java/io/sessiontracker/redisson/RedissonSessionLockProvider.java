package io.sessiontracker.redisson;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockState;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.support.Durations;
import io.sessiontracker.spi.support.Namespaces;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.command.CommandAsyncExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks by Redisson on one Redis, a Sentinel group or a Cluster.
 *
 * <p>A lock is the hash {@code <namespace>:{<type>#<bucket>}:lock:<key>}, in the slot of its session's data. Each
 * acquisition is an owner of its own, so it can be released from any thread, and two acquisitions never share a lock. A
 * waiter is woken when the lock is released, and looks each second in case it was not;
 * {@link LockRequest#retryInterval} is not used. A renewed lock is held for
 * {@code Config.lockWatchdogTimeout} at a time, whatever lease was asked for, and renewed each third of it. No thread and no
 * connection belongs to a lock or a waiter; only the first connection of a lazy client takes a thread, until it is made.
 *
 * <p>A stage is complete when its wait and the time of a call are over, whatever Redis and the client do. What is unclear then
 * is given back in the background: a lock that a lost request may have taken, one whose release was not confirmed.
 *
 * <p>Where the master has replicas, Redisson waits for one of them to confirm; if none does, the lock is given back, and the
 * reply is {@link io.sessiontracker.LockStatus#NO_QUORUM}. As with any lock that replicates asynchronously, a failover can
 * still lose one.
 *
 * <p>Stages complete on Redisson's I/O and timer threads, or late ones in a pool's: what follows them must not block.
 */
public final class RedissonSessionLockProvider implements SessionLockProvider, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedissonSessionLockProvider.class);

    private final CommandAsyncExecutor executor;
    private final String namespace;
    private final CallTimeout patience;
    private final LazyConnection connection;
    private final Set<RedissonLockAcquisition> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Uses the client, which stays its owner's to shut down; sends nothing yet. A call may take as long as the client's
     * time-outs, attempts and pauses add up to.
     *
     * @param namespace what all keys begin with: 1 to 64 of ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid, or the client is not a plain {@link Redisson}: a
     *     lock with an owner per acquisition needs what its interface does not offer
     */
    public RedissonSessionLockProvider(RedissonClient client, String namespace) {
        this(client, namespace, null);
    }

    /**
     * As {@link #RedissonSessionLockProvider(RedissonClient, String)}, for calls that take no longer than that; a wait for
     * another holder is added.
     *
     * @param timeout positive; null is what the client's settings add up to
     */
    public RedissonSessionLockProvider(RedissonClient client, String namespace, @Nullable Duration timeout) {
        Objects.requireNonNull(client, "client");
        Namespaces.require(namespace);
        if (!(client instanceof Redisson redisson)) {
            throw new IllegalArgumentException("Not an org.redisson.Redisson but a "
                    + client.getClass().getName() + ". Pass the client itself, not a proxy of it");
        }
        this.executor = redisson.getCommandExecutor();
        this.namespace = namespace;
        this.patience = timeout == null
                ? CallTimeout.of(executor.getServiceManager().getConfig())
                : new CallTimeout(Durations.millis(timeout));
        this.connection = new LazyConnection(executor);
    }

    @Override
    public String name() {
        return "redisson";
    }

    @Override
    public CompletionStage<LockReply> acquire(LockRequest request) {
        Objects.requireNonNull(request, "request");
        PerAcquisitionLock lock = new PerAcquisitionLock(executor, lockName(request.address()));
        RedissonLockAcquisition acquisition = new RedissonLockAcquisition(lock, request, patience);
        pending.add(acquisition);
        var unused = acquisition
                .reply()
                .whenComplete((reply, failure) ->
                        acquisition.over().whenComplete((done, ignored) -> pending.remove(acquisition)));
        // Whoever closes meanwhile finds it among the pending, or is found here.
        if (closed) {
            acquisition.abort(closed());
        } else {
            acquisition.start(connection.ready());
        }
        return acquisition.reply();
    }

    @Override
    public CompletionStage<Optional<LockState>> lockState(SessionAddress address) {
        PerAcquisitionLock lock = new PerAcquisitionLock(executor, lockName(address));
        return patience.limit(connection.ready().thenCompose(ready -> lock.lockState()))
                .handle((state, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(RedissonExceptions.of("look at the lock of", address, failure));
                    }
                    return Optional.of(state);
                });
    }

    /**
     * Fails the requests that wait, and later ones; waits, for a call's time at most, until what they have sent is answered,
     * and a lock that came of it released. To be called before the client is shut down, as nobody answers them after that.
     * Locks that are held stay their holders'.
     */
    @Override
    public void close() {
        closed = true;
        List<RedissonLockAcquisition> ended = List.copyOf(pending);
        ended.forEach(acquisition -> acquisition.abort(closed()));
        CompletableFuture<?> over = CompletableFuture.allOf(ended.stream()
                .map(acquisition -> acquisition.over().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
        try {
            over.get(patience.millis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("Not every lock was released before the end", e);
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the lock provider is closed");
    }

    private String lockName(SessionAddress address) {
        return namespace + ":{" + address.type() + "#" + address.bucket() + "}:lock:" + address.key();
    }
}
