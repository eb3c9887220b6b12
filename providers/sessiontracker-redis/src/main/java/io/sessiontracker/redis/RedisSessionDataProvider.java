package io.sessiontracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.sessiontracker.redis.client.ByteArrayRedisTemplate;
import io.sessiontracker.redis.client.IndexScripts;
import io.sessiontracker.redis.client.IndexScripts.Claimed;
import io.sessiontracker.redis.client.KeyLayout;
import io.sessiontracker.redis.client.RedisSessionStore;
import io.sessiontracker.redis.client.ScriptCall;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.client.SessionScripts;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;

/**
 * Sessions in Redis 6.2 or later, or Valkey: standalone, Sentinel or Cluster. Each call on one session is one {@code EVALSHA},
 * which is atomic, on the master that holds the key; times are that server's. A read that has nothing to touch begins with a
 * {@code GET}, which usually is all it takes. The calls on many sessions go through their type's 256 buckets, each with indexes
 * of its own, and look at sessions in batches. Safe for any number of threads.
 *
 * <p>Over a Lettuce connection factory that shares its native connection, as it does unless told otherwise, no call waits:
 * stages complete on Lettuce's I/O threads, and what follows them must not block. Over any other the calling thread waits for
 * the reply, and every stage is complete on return.
 *
 * <p>No call takes part in a transaction or a pipeline of the application, be it {@code MULTI} and {@code EXEC} or one that
 * Spring binds to the thread: it is run at once, on another connection, and stays when those are rolled back.
 *
 * <p>While a Cluster is resharded, a node refuses calls on the keys of a slot that is being moved ({@code TRYAGAIN}), and
 * does nothing of them. They are sent again for about a second, and then fail with a
 * {@link io.sessiontracker.SessionStoreException} that says so. As a bucket is one slot, only its sessions are concerned.
 */
public final class RedisSessionDataProvider implements SessionDataProvider, RedisSessionStore, AutoCloseable {

    private static final int REPAIRED_EACH = 32;

    private final SessionScripts operations;
    private final IndexScripts bucketOperations;
    private final DueBuckets dueBuckets;
    private final int firstSwept = ThreadLocalRandom.current().nextInt(SessionAddress.BUCKETS);
    private final ScriptRunner runner;
    private final RedisTemplate<byte[], byte[]> template;
    private final String namespace;

    /**
     * Stores below a namespace; two of them never see each other's sessions.
     *
     * @param template whose connection factory is used; nothing else of it is
     * @param namespace 1 to 64 of ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is none
     */
    public RedisSessionDataProvider(RedisTemplate<byte[], byte[]> template, String namespace) {
        this(template, namespace, 0);
    }

    /**
     * Stores below a namespace, and answers what changes a session when that many replicas have it too. With fewer within half
     * the command time-out, or when the connection breaks meanwhile, the change fails with a
     * {@link io.sessiontracker.SessionStoreException}: it was done, but may be lost in a fail-over.
     *
     * @param template whose connection factory is used; for replicas a Lettuce one that shares its native connection
     * @param namespace 1 to 64 of ASCII letters, digits and {@code . _ - :}
     * @param minReplicas how many; 0 to wait for none
     * @throws IllegalArgumentException if the namespace is none, the number is negative, or the factory is not such a one
     */
    public RedisSessionDataProvider(RedisTemplate<byte[], byte[]> template, String namespace, int minReplicas) {
        this(template, namespace, ScriptRunner.over(template.getRequiredConnectionFactory(), minReplicas));
    }

    /** Whose scripts are run in another way. */
    RedisSessionDataProvider(RedisTemplate<byte[], byte[]> template, String namespace, ScriptRunner runner) {
        KeyLayout layout = new KeyLayout(namespace);
        this.operations = new SessionScripts(layout);
        this.bucketOperations = new IndexScripts(layout);
        this.dueBuckets = new DueBuckets(bucketOperations);
        this.runner = runner;
        this.template = template;
        this.namespace = namespace;
    }

    /** A template as this class needs it: bytes in, bytes out, ready for use. */
    public static RedisTemplate<byte[], byte[]> template(RedisConnectionFactory connectionFactory) {
        return new ByteArrayRedisTemplate(connectionFactory);
    }

    @Override
    public boolean stores(RedisConnectionFactory connections, String otherNamespace) {
        return template.getConnectionFactory() == connections && namespace.equals(otherNamespace);
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        return run(() -> operations.recordLockProvider(name, lease));
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return repairing(
                address,
                false,
                lifetimes,
                token,
                run(() -> operations.start(address, ids, data, lifetimes, token, touchRunning)));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return runner.run(operations.get(address, touch));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return runner.run(operations.get(address, touch, lifetimesHint));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return runner.run(operations.getFinished(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return runner.run(operations.touch(address));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return run(() -> operations.update(address, expected, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return repairing(
                address,
                true,
                lifetimes,
                token,
                run(() -> operations.finish(address, expected, lifetimes, token, returnSession)));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return run(() -> operations.resume(address, expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates copies,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return run(() -> operations.delete(address, copies, expected, token, returnSession));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return BucketScan.run(bucketOperations, runner, scan);
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return SessionCount.run(bucketOperations, runner, type, finished);
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return sweep.claim() > 0
                ? BucketSweep.run(bucketOperations, dueBuckets, runner, firstSwept, sweep)
                : PartitionedSweep.run(bucketOperations, runner, sweep);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return runner.run(bucketOperations.acknowledgeExpired(address, id)).thenAccept(acknowledgeExpired -> {});
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Expired> acknowledgeExpired) {
        Map<Integer, List<Claimed>> buckets = acknowledgeExpired.stream()
                .collect(Collectors.groupingBy(
                        expired -> new SessionAddress(type, expired.key()).bucket(),
                        Collectors.mapping(
                                expired -> new Claimed(
                                        expired.key(),
                                        expired.session().version().id()),
                                Collectors.toList())));
        List<ScriptCall<Boolean>> each = buckets.entrySet().stream()
                .map(bucket -> bucketOperations.acknowledgeExpired(
                        bucketOperations.bucket(type, bucket.getKey()), bucket.getValue()))
                .toList();
        return runner.runAll(each).thenAccept(done -> {});
    }

    /**
     * Where nobody sweeps, only a look at them tells that sessions are gone that no more than their last touch limits. So a few of
     * the calls have the index cleared that adds another to it; nobody waits for that, nor for its failure.
     */
    private CompletionStage<StoreReply> repairing(
            SessionAddress address,
            boolean finished,
            Lifetimes lifetimes,
            OperationToken token,
            CompletionStage<StoreReply> reply) {
        boolean isOnlyTouched = lifetimes.absolute() == 0 && lifetimes.absoluteAt() == 0 && lifetimes.sliding() > 0;
        if (isOnlyTouched && token.operation() % REPAIRED_EACH == 0) {
            var unused = IndexRepair.ofDue(
                    bucketOperations,
                    runner.ready(),
                    bucketOperations.bucket(address.type(), address.bucket()),
                    finished);
        }
        return reply;
    }

    /** Ends connections of its own, as there are with replicas to wait for. */
    @Override
    public void close() {
        runner.close();
    }

    /** What cannot even be described is the caller's mistake, yet no method throws. */
    private <R> CompletionStage<R> run(Supplier<ScriptCall<R>> description) {
        ScriptCall<R> operation;
        try {
            operation = description.get();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return runner.run(operation);
    }
}
