package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.client.MessageSubscription;
import io.sessiontracker.redis.client.RedisSessionStore;
import io.sessiontracker.redis.script.KeyLayout;
import io.sessiontracker.redis.script.LockScripts;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockingReader;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Provides locks in Redis 6.2 or later, or Valkey: standalone, Sentinel or Cluster, over the connection that the application's
 * Lettuce factory shares. A lock is the string {@code <namespace>:{<type>#<bucket>}:l:<key>}, in the slot of its session's data, with
 * the holder's id as its value and the lease as its TTL: by the server's clock. Each call is one {@code EVALSHA}.
 *
 * <p>A refused waiter marks the lock as awaited. The release of an awaited lock is published, on one channel of the namespace, to
 * which a process subscribes at its first waiter, over one connection. Of a process's waiters for a lock one retries at a time.
 * They also retry when the holder's lease is over, and each second in case a message was lost; where the process may not
 * subscribe, each {@link LockRequest#retryInterval}. A lock without waiters costs no message.
 *
 * <p>A renewed lock gets its whole lease again each time a third of it has passed. One thread of the provider renews locks and
 * times waiters; it starts with the first of either. No thread and no connection belongs to a single lock or waiter.
 *
 * <p>With a {@code RedisSessionDataProvider} over the same factory and namespace a lock is taken and its session read in one
 * call. Replicas are not waited for, so a failover can lose a lock; a write under a lost lock is still refused by its version if another
 * write came first.
 *
 * <p>Stages complete on Lettuce's I/O threads or on the provider's, so dependent stages must not block.
 */
public final class RedisSessionLockProvider implements SessionLockProvider, AutoCloseable, SmartLifecycle {

    /** A wake-up is lost if the subscription breaks, or a lock ends without a release. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final LettuceConnectionFactory connections;
    private final String namespace;
    private final RedisLocks locks;
    private final MessageSubscription wakeUps;
    private final RedisLockQueues queues;
    private final Set<RedisLockAcquisition<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean running;

    /**
     * Uses the connection factory, which its owner closes after this provider; sends nothing yet.
     *
     * @param connectionFactory a {@link LettuceConnectionFactory} that shares its native connection, as it does by
     *     default
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid, or the factory does not suit
     */
    public RedisSessionLockProvider(RedisConnectionFactory connectionFactory, String namespace) {
        this(connectionFactory, namespace, RETRY_AFTER);
    }

    /** Lets waiters retry after another time. */
    RedisSessionLockProvider(RedisConnectionFactory connectionFactory, String namespace, Duration retryAfter) {
        this.connections = LettuceRunner.require(connectionFactory);
        this.namespace = namespace;
        LockScripts operations = new LockScripts(new KeyLayout(namespace));
        this.locks = new RedisLocks(operations, new LettuceRunner(connections));
        this.queues = new RedisLockQueues(locks, connections, operations.channel(), retryAfter.toMillis());
        this.wakeUps = queues.releases();
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public CompletionStage<LockReply> acquire(LockRequest request) {
        return start(request, new LockAlone(locks.operations()));
    }

    @Override
    public CompletionStage<Optional<LockState>> lockState(SessionAddress address) {
        return locks.runner()
                .run(locks.operations().lockState(Objects.requireNonNull(address, "address")))
                .thenApply(Optional::of);
    }

    @Override
    public Optional<LockingReader> lockingReader(SessionDataProvider store) {
        return store instanceof RedisSessionStore redis && redis.stores(connections, namespace)
                ? Optional.of(request -> start(request, new LockWithSession(locks.operations())))
                : Optional.empty();
    }

    /** Lets waiters be woken again after {@link #stop}. Before the first stop this is not needed. */
    @Override
    public void start() {
        wakeUps.resume();
        running = true;
    }

    /** Ends the subscription, as the factory is stopped next: a pool reports connections that were not returned to it. */
    @Override
    public void stop() {
        running = false;
        wakeUps.suspend();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops right before the factory, so that waiters are woken until then. */
    @Override
    public int getPhase() {
        return Math.max(connections.getPhase(), connections.getPhase() + 1);
    }

    /** Returns whether waiters are woken by releases. */
    boolean isListening() {
        return wakeUps.isListening();
    }

    private <T> CompletionStage<T> start(LockRequest request, LockForm<T> form) {
        Objects.requireNonNull(request, "request");
        RedisLockAcquisition<T> acquisition = new RedisLockAcquisition<>(locks, queues, request, form);
        pending.add(acquisition);
        var unused = acquisition.reply().whenComplete((reply, failure) -> pending.remove(acquisition));
        // A concurrent close either finds it among the pending, or is noticed here.
        if (closed) {
            acquisition.failClosed();
        } else {
            acquisition.start();
        }
        return acquisition.reply();
    }

    /**
     * Fails all waiters and ends renewal: a held lock becomes free when its lease is over, unless it is released. Waits for requests
     * and releases in flight, so that a program that ends after it leaves neither a lock that it released nor one that was just
     * granted to a waiter.
     */
    @Override
    public void close() {
        closed = true;
        pending.forEach(RedisLockAcquisition::failClosed);
        locks.close();
        wakeUps.close();
    }
}
