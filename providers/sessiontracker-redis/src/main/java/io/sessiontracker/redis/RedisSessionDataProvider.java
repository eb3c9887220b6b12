package io.sessiontracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.sessiontracker.redis.announcement.RedisAnnouncements;
import io.sessiontracker.redis.client.ByteArrayRedisTemplate;
import io.sessiontracker.redis.client.RedisSessionStore;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.AnnouncementScripts;
import io.sessiontracker.redis.script.ClaimScripts;
import io.sessiontracker.redis.script.ExpirationScripts;
import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.KeyLayout;
import io.sessiontracker.redis.script.ReminderScripts;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.SessionScripts;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
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
 * Stores sessions in Redis 6.2 or later, or Valkey: standalone, Sentinel or Cluster. Each call on one session is one {@code EVALSHA},
 * which is atomic, on the master that holds the key; times are that server's. A read that has nothing to touch begins with a
 * {@code GET}, which usually suffices. Calls on many sessions go through their type's 256 buckets, each with its own indexes, and
 * read sessions in batches; where the server is no Cluster, one call covers many buckets. Safe for any number of threads.
 *
 * <p>Over a Lettuce connection factory that shares its native connection, as by default, no call blocks: stages complete on
 * Lettuce's I/O threads, so dependent stages must not block. Over any other driver the calling thread waits for the reply, and
 * every stage is complete on return.
 *
 * <p>No call takes part in a transaction or a pipeline of the application, be it {@code MULTI} and {@code EXEC} or one that
 * Spring binds to the thread: it runs at once, on another connection, and is not rolled back with them.
 *
 * <p>While a Cluster is resharded, a node refuses calls on keys of a slot that is being moved ({@code TRYAGAIN}), without effect.
 * They are retried for about a second, and then fail with a {@link io.sessiontracker.SessionStoreException} that says so. As a
 * bucket is one slot, this affects only its sessions.
 */
public final class RedisSessionDataProvider implements SessionDataProvider, RedisSessionStore, AutoCloseable {

    /** Of how many calls one also repairs an index. */
    private static final int REPAIR_EACH = 32;

    private final SessionScripts operations;
    private final IndexScripts indexScripts;
    private final ExpirationScripts expirationScripts;
    private final ReminderScripts reminderScripts;
    private final MultiSlotCalls multiSlotCalls;
    private final int firstSwept = ThreadLocalRandom.current().nextInt(SessionAddress.BUCKETS);
    private final Optional<SessionAnnouncements> announcements;
    private final ScriptRunner runner;
    private final RedisTemplate<byte[], byte[]> template;
    private final String namespace;

    /**
     * Stores sessions in a namespace; two namespaces never see each other's sessions.
     *
     * @param template provides the connection factory; nothing else of it is used
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public RedisSessionDataProvider(RedisTemplate<byte[], byte[]> template, String namespace) {
        this(template, namespace, 0);
    }

    /**
     * Stores sessions in a namespace, and completes each change only when so many replicas have it. If fewer confirm it within half
     * the command time-out, or the connection breaks meanwhile, the change fails with a
     * {@link io.sessiontracker.SessionStoreException}: it was done, but a failover may lose it.
     *
     * @param template provides the connection factory; for replicas one of Lettuce that shares its native connection
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @param minReplicas number of replicas; 0 to wait for none
     * @throws IllegalArgumentException if the namespace is not valid, the number is negative, or the factory does not suit
     */
    public RedisSessionDataProvider(RedisTemplate<byte[], byte[]> template, String namespace, int minReplicas) {
        this(template, namespace, ScriptRunner.over(template.getRequiredConnectionFactory(), minReplicas));
    }

    /** Runs scripts by the given runner. */
    RedisSessionDataProvider(RedisTemplate<byte[], byte[]> template, String namespace, ScriptRunner runner) {
        KeyLayout layout = new KeyLayout(namespace);
        this.operations = new SessionScripts(layout);
        this.indexScripts = new IndexScripts(layout);
        this.expirationScripts = new ExpirationScripts(layout);
        this.reminderScripts = new ReminderScripts(layout);
        this.multiSlotCalls = MultiSlotCalls.over(template.getRequiredConnectionFactory());
        this.announcements = RedisAnnouncements.over(runner, operations, new AnnouncementScripts(layout));
        this.runner = runner;
        this.template = template;
        this.namespace = namespace;
    }

    /** Returns a template as this class needs it: keys and values are bytes. */
    public static RedisTemplate<byte[], byte[]> template(RedisConnectionFactory connectionFactory) {
        return new ByteArrayRedisTemplate(connectionFactory);
    }

    @Override
    public boolean stores(RedisConnectionFactory connections, String otherNamespace) {
        return template.getConnectionFactory() == connections && namespace.equals(otherNamespace);
    }

    /** Changes are announced where the driver is Lettuce with a shared connection, by which no replica is read. */
    @Override
    public Optional<SessionAnnouncements> announcements() {
        return announcements;
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
        Supplier<ScriptCall<StoreReply>> start =
                () -> operations.start(address, ids, data, lifetimes, token, touchRunning);
        return lifetimes.queryable() || !data.reminders().isEmpty()
                ? repairing(address, false, lifetimes, token, run(start))
                : withoutIndex(start);
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
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return runner.run(operations.getIfChanged(address, known, write, touch));
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
    public CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return runner.run(operations.expiry(address, id));
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return runner.run(operations.expire(address, id, lifetimes));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return run(() -> operations.update(address, expected, write, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        Supplier<ScriptCall<StoreReply>> finish =
                () -> operations.finish(address, expected, lifetimes, token, returnSession);
        return lifetimes.queryable() ? repairing(address, true, lifetimes, token, run(finish)) : withoutIndex(finish);
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        Supplier<ScriptCall<StoreReply>> resume =
                () -> operations.resume(address, expected, lifetimes, token, returnSession);
        return lifetimes.queryable() ? run(resume) : withoutIndex(resume);
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return run(() -> operations.delete(address, states, expected, token, returnSession));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return BucketScan.run(indexScripts, runner, multiSlotCalls, scan);
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return SessionCount.run(indexScripts, runner, multiSlotCalls, type, finished);
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        ClaimScripts scripts = sweep.reminders() ? reminderScripts : expirationScripts;
        return sweep.claim() > 0
                ? BucketSweep.run(scripts, indexScripts, new DueBuckets(multiSlotCalls), runner, firstSwept, sweep)
                : PartitionedSweep.run(expirationScripts, indexScripts, runner, sweep);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return runner.run(expirationScripts.acknowledgeExpired(address, id)).thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Claimed> delivered) {
        return runner.runAll(expirationScripts.acknowledgeExpired(type, delivered))
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        return runner.runAll(reminderScripts.acknowledge(type, delivered)).thenAccept(done -> {});
    }

    /**
     * Repairs an index after a few of the calls that add to it; nobody waits for that. Without sweeps, this alone removes entries of
     * sessions that ended a sliding lifetime after their last touch.
     */
    private CompletionStage<StoreReply> repairing(
            SessionAddress address,
            boolean finished,
            Lifetimes lifetimes,
            OperationToken token,
            CompletionStage<StoreReply> reply) {
        boolean hasAbsolute = lifetimes.absolute() > 0 || lifetimes.absoluteAt() > 0;
        if (!hasAbsolute && lifetimes.sliding() > 0 && token.operation() % REPAIR_EACH == 0) {
            var unused = IndexRepair.ofDue(
                    indexScripts, runner.ready(), indexScripts.bucket(address.type(), address.bucket()), finished);
        }
        return reply;
    }

    /** Closes the connections that wait for replicas, if there are any. */
    @Override
    public void close() {
        runner.close();
    }

    /** Runs a call without the keys of indexes; with them if a stored session is in an index, as the type was queryable once. */
    private CompletionStage<StoreReply> withoutIndex(Supplier<ScriptCall<StoreReply>> description) {
        return run(() -> SessionScripts.withoutIndex(description.get()))
                .thenCompose(
                        reply -> reply.map(CompletableFuture::completedStage).orElseGet(() -> run(description)));
    }

    /** Runs a call; one that cannot be described fails with the {@link IllegalArgumentException}, as no method throws. */
    private <R> CompletionStage<R> run(Supplier<ScriptCall<R>> description) {
        try {
            return runner.run(description.get());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
