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
import java.util.stream.Stream;

import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;
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
 * <p>A lock is the hash {@code <namespace>:{<type>#<bucket>}:lock:<key>}, in the slot of its session's data. The
 * locks of a bucket share the record of the last fencing token, {@code <namespace>:{<type>#<bucket>}:lt}, also with the locks of
 * {@code sessiontracker-redis}. Each
 * acquisition is a separate owner, so any thread may release it, and two acquisitions never share a lock. A waiter is woken
 * when the lock is released, and retries every second in case the wake-up is lost; {@link LockRequest#retryInterval} is not
 * used. A renewed lock is held for {@code Config.lockWatchdogTimeout} at a time, whatever its lease, and renewed after each
 * third of it. Locks and waiters use no thread and no connection of their own; only the first connection of a lazy client uses
 * a thread until it is open.
 *
 * <p>Closing a lock does not wait for its release; a later request of this process for the same lock does. There is no
 * {@link io.sessiontracker.spi.LockingReader}: the sessions are read over another driver, whose calls the server may run before the
 * lock's, and Redisson's own client may have another server.
 *
 * <p>A stage completes within its wait and the time-out of a call, whatever Redis and the client do. A lock in doubt, because
 * its request was lost or its release not confirmed, is released in the background.
 *
 * <p>If the master has replicas, Redisson waits for one of them to confirm; if none does, the lock is released, and the reply
 * is {@link io.sessiontracker.LockStatus#NO_QUORUM}. As with any lock that replicates asynchronously, a failover can
 * still lose one.
 *
 * <p>Stages complete on Redisson's I/O and timer threads, or on a pool thread after a time-out: continuations must not block.
 */
public final class RedissonSessionLockProvider implements SessionLockProvider, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedissonSessionLockProvider.class);

    private final CommandAsyncExecutor executor;
    private final String namespace;
    private final CallTimeout callTimeout;
    private final LazyConnection connection;
    private final PendingReleases releases = new PendingReleases();
    private final Set<RedissonLockAcquisition> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates a provider over the client, which it does not shut down; sends nothing yet. A call may take as long as the
     * client's time-outs, attempts and retry delays add up to.
     *
     * @param namespace what all keys begin with: {@value Namespaces#RULE}
     * @throws IllegalArgumentException if the namespace is not valid, or the client is not a plain {@link Redisson}: a
     *     lock with an owner per acquisition needs what its interface does not offer
     */
    public RedissonSessionLockProvider(RedissonClient client, String namespace) {
        this(client, namespace, null);
    }

    /**
     * Creates a provider as {@link #RedissonSessionLockProvider(RedissonClient, String)}, with a time-out.
     *
     * @param timeout how long a call may take, in addition to a wait for another holder; positive, or null for what the
     *     client's settings add up to
     */
    public RedissonSessionLockProvider(RedissonClient client, String namespace, @Nullable Duration timeout) {
        Objects.requireNonNull(client, "client");
        if (!(client instanceof Redisson redisson)) {
            throw new IllegalArgumentException("Not an org.redisson.Redisson but a "
                    + client.getClass().getName() + ". Pass the client itself, not a proxy of it");
        }
        this.executor = redisson.getCommandExecutor();
        this.namespace = Namespaces.require(namespace);
        this.callTimeout = timeout == null
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
        PerAcquisitionLock lock =
                new PerAcquisitionLock(executor, lockName(request.address()), bucket(request.address()) + "lt");
        RedissonLockAcquisition acquisition = new RedissonLockAcquisition(lock, request, callTimeout, releases);
        pending.add(acquisition);
        var unused = acquisition
                .reply()
                .whenComplete((reply, failure) ->
                        acquisition.settled().whenComplete((done, ignored) -> pending.remove(acquisition)));
        // A concurrent close either finds it pending or is noticed here.
        if (closed) {
            acquisition.abort(closed());
        } else {
            acquisition.start(ready(request.address()));
        }
        return acquisition.reply();
    }

    @Override
    public CompletionStage<Optional<LockState>> lockState(SessionAddress address) {
        RedissonScripts lock = new RedissonScripts(executor, lockName(address));
        return callTimeout
                .limit(ready(address).thenCompose(ready -> lock.lockState()))
                .handle((state, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(
                                RedissonExceptions.of("read the state of the lock of", address, failure));
                    }
                    return Optional.of(state);
                });
    }

    /** Completes when a call on that lock may be sent. */
    private CompletableFuture<Void> ready(SessionAddress address) {
        return releases.of(address).thenCompose(released -> connection.ready());
    }

    /**
     * Fails waiting and later requests; waits, for the time-out of a call at most, until their attempts are answered and
     * closed or unused locks released. Call it before the client is shut down, which answers nothing afterwards. Held locks stay held.
     */
    @Override
    public void close() {
        closed = true;
        List<RedissonLockAcquisition> aborted = List.copyOf(pending);
        aborted.forEach(acquisition -> acquisition.abort(closed()));
        Stream<CompletableFuture<?>> attempts =
                aborted.stream().map(acquisition -> acquisition.settled().toCompletableFuture());
        CompletableFuture<?> settled = CompletableFuture.allOf(
                Stream.concat(attempts, Stream.of(releases.all())).toArray(CompletableFuture[]::new));
        try {
            settled.get(callTimeout.millis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug(
                    "Not every closed or unused lock was released before the lock provider was closed; their leases will end them",
                    e);
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the lock provider is closed");
    }

    private String lockName(SessionAddress address) {
        return bucket(address) + "lock:" + address.key();
    }

    private String bucket(SessionAddress address) {
        return namespace + ":{" + address.type() + "#" + address.bucket() + "}:";
    }
}
