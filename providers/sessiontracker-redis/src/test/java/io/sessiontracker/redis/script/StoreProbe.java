package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A namespace of a test's own, its operations, and a look at what is really stored. */
public final class StoreProbe {

    /** Where a stored value has its absolute deadline. */
    public static final int ABSOLUTE_AT = StoredFormat.ABSOLUTE_AT;

    public static final long HOUR = 3_600_000;
    public static final Lifetimes AN_HOUR = new Lifetimes(HOUR, 0, 0, 0);
    public static final Lifetimes NEVER = new Lifetimes(0, 0, 0, 0);

    private static final Map<RedisTopology, RedisConnectionFactory> WAITING = new ConcurrentHashMap<>();

    public final String namespace;
    public final KeyLayout layout;
    public final SessionScripts operations;
    public final RedisTemplate<byte[], byte[]> redis;
    public final SessionAddress address = new SessionAddress("checkout", "order-7");
    public final IndexScripts indexScripts;
    public final ExpirationScripts expirationScripts;
    public final RedisSessionDataProvider provider;
    public final ScriptRunner runner;

    public StoreProbe(RedisConnectionFactory connectionFactory, String namespace) {
        this(connectionFactory, namespace, 0);
    }

    /** Whose changes wait for so many replicas. */
    public StoreProbe(RedisConnectionFactory connectionFactory, String namespace, int minReplicas) {
        this.namespace = namespace;
        this.layout = new KeyLayout(namespace);
        this.operations = new SessionScripts(layout);
        this.indexScripts = new IndexScripts(layout);
        this.expirationScripts = new ExpirationScripts(layout);
        this.redis = RedisSessionDataProvider.template(connectionFactory);
        this.runner = ScriptRunner.over(connectionFactory, minReplicas);
        this.provider = new RedisSessionDataProvider(redis, namespace, minReplicas);
    }

    public static StoreProbe on(RedisTopology topology) {
        return on(topology.servers());
    }

    public static StoreProbe on(RedisServers servers) {
        return new StoreProbe(servers.connectionFactory(), RedisTopology.newNamespace());
    }

    /** Whose calls wait for their replies, as over other drivers. */
    public static StoreProbe waitingOn(RedisTopology topology) {
        return new StoreProbe(
                WAITING.computeIfAbsent(topology, t -> t.servers().newUnsharedConnectionFactory()),
                RedisTopology.newNamespace());
    }

    public static SessionData data(String state) {
        return new SessionData(Map.of("state", state), state.getBytes(StandardCharsets.UTF_8));
    }

    /** With a property that is indexed. */
    public static SessionData indexed() {
        return new SessionData(Map.of("tenant", "a"), Set.of("tenant"), new byte[0]);
    }

    public static List<SessionAddress> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SessionAddress("checkout", "key-" + i))
                .toList();
    }

    public static List<SessionAddress> sameBucket(int count) {
        return addresses(10_000).stream()
                .filter(address -> address.bucket() == 7)
                .limit(count)
                .toList();
    }

    public static String newId() {
        byte[] id = new byte[12];
        ThreadLocalRandom.current().nextBytes(id);
        return Base64.getUrlEncoder().encodeToString(id);
    }

    public <R> R run(ScriptCall<R> operation) {
        return runner.run(operation).toCompletableFuture().join();
    }

    public SessionVersion start(Lifetimes lifetimes) {
        StoreReply reply = run(startOf(lifetimes));
        assertThat(reply).isInstanceOf(StoreReply.Started.class);
        return ((StoreReply.Started) reply).version();
    }

    public ScriptCall<StoreReply> startOf(Lifetimes lifetimes) {
        OperationToken token = OperationToken.random();
        return startOf(token, token.newSessionId(), lifetimes);
    }

    public ScriptCall<StoreReply> startOf(OperationToken token, String id, Lifetimes lifetimes) {
        return operations.start(address, List.of(id), data("a"), lifetimes, token, false);
    }

    public ScriptCall<StoreReply> updateOf(SessionVersion expected, String state) {
        return operations.update(address, expected, null, data(state), OperationToken.random());
    }

    public ScriptCall<StoreReply> finishOf(@Nullable SessionVersion only, Lifetimes lifetimes, boolean returning) {
        return operations.finish(address, only, lifetimes, OperationToken.random(), returning);
    }

    public ScriptCall<StoreReply> resumeOf(@Nullable SessionVersion only, Lifetimes lifetimes, boolean returning) {
        return operations.resume(address, only, lifetimes, OperationToken.random(), returning);
    }

    public ScriptCall<StoreReply> deleteOf(@Nullable SessionVersion only) {
        return operations.delete(address, SessionStates.BOTH, only, OperationToken.random(), false);
    }

    /** Each operation once, as calls that would all do something if a session runs. */
    public List<ScriptCall<StoreReply>> everyOperation(SessionVersion version) {
        return List.of(
                startOf(AN_HOUR),
                operations.get(address, true),
                operations.get(address, false),
                operations.touch(address),
                operations.getFinished(address),
                operations.expiry(address, null),
                operations.expire(address, null, AN_HOUR),
                updateOf(version, "b"),
                finishOf(null, AN_HOUR, false),
                resumeOf(null, AN_HOUR, true),
                deleteOf(null));
    }

    public ScriptCall<StoreReply> startOf(SessionAddress address, SessionData data, Lifetimes lifetimes) {
        return operations.start(address, List.of(newId()), data, lifetimes, OperationToken.random(), false);
    }

    /** Scans all pages. */
    public List<SessionScan.Item> scan(boolean finished, int limit) {
        return scan(new SessionScan(address.type(), finished, null, limit));
    }

    /** Those that an index finds, whether or not they still match. */
    public List<SessionScan.Item> find(boolean finished, int limit, String property, String value) {
        SessionFilter filter = SessionFilter.property(property).is(value);
        return scan(new SessionScan(address.type(), finished, null, limit, filter, Set.of(property)));
    }

    private List<SessionScan.Item> scan(SessionScan scan) {
        List<SessionScan.Item> items = new ArrayList<>();
        String after = null;
        do {
            SessionScan.Reply reply = join(provider.scan(
                    new SessionScan(scan.type(), scan.finished(), after, scan.limit(), scan.filter(), scan.indexed())));
            items.addAll(reply.sessions());
            after = reply.next();
        } while (after != null);
        return items;
    }

    public long count(boolean finished) {
        return join(provider.count(address.type(), finished));
    }

    public SessionSweep.Reply sweep(int claim, long shareMillis) {
        return join(provider.sweep(new SessionSweep(address.type(), claim, HOUR, shareMillis)));
    }

    public void acknowledgeExpired(SessionSweep.Claimed expired) {
        provider.acknowledgeExpired(
                        new SessionAddress(address.type(), expired.key()),
                        expired.session().version().id())
                .toCompletableFuture()
                .join();
    }

    public static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    public byte[] running() {
        return layout.running(address);
    }

    public byte[] finished() {
        return layout.finished(address);
    }

    public byte[] tombstones() {
        return layout.tombstones(address);
    }

    public byte @Nullable [] value(byte[] key) {
        return redis.opsForValue().get(key);
    }

    public StoredSession stored(byte[] key) {
        return StoredFormat.decode(Objects.requireNonNull(value(key)));
    }

    /** Of a sorted set. */
    public List<byte[]> members(byte[] key) {
        Set<byte[]> members = redis.opsForZSet().range(key, 0, -1);
        return members == null ? List.of() : List.copyOf(members);
    }

    /** Milliseconds; -1 for never, -2 if there is no such key. */
    public long ttl(byte[] key) {
        Long ttl = redis.execute(
                (RedisCallback<Long>) connection -> connection.keyCommands().pTtl(key));
        return ttl == null ? -2 : ttl;
    }
}
