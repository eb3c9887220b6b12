package io.sessiontracker.redis.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the table in {@code SCRIPTS.md} to what a server sees: random operations run until each script has read and written all that
 * its row says, and no script may do anything else.
 */
class ScriptKeysTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+/\\w+)` \\|[^|]*\\|([^|]*)\\|([^|]*)\\|$");
    private static final Pattern NAME = Pattern.compile("[A-Z_]+");
    private static final Pattern KEY = Pattern.compile(".*}:(?:([rfdxlm]):.*|([rf])[sdp]|(mt|u|w|lt))");
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("r:", "RUNNING"),
            Map.entry("f:", "FINISHED"),
            Map.entry("d:", "TOMBSTONES"),
            Map.entry("x:", "EXPIRED"),
            Map.entry("m:", "REMINDERS"),
            Map.entry("l:", "LOCK"),
            Map.entry("lt", "LAST_TOKEN"),
            Map.entry("r", "RUNNING_INDEX"),
            Map.entry("f", "FINISHED_INDEX"),
            Map.entry("u", "AWAITING"),
            Map.entry("mt", "REMINDER_TIMES"),
            Map.entry("w", "PARTITIONS"));

    private final RedisServer server = RedisServer.launch();
    private final LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
    private final StoreProbe store = new StoreProbe(connections, "n");
    private final LockScripts locks = new LockScripts(new KeyLayout("n"));
    private final List<SessionAddress> addresses = StoreProbe.sameBucket(3);
    /** In another bucket, where only touches keep sessions alive, and so extend their index. */
    private final SessionAddress touched = new SessionAddress("checkout", "touched");

    private final Random random = new Random(42);
    private final Map<SessionAddress, SessionVersion> versions =
            new TreeMap<>((a, b) -> a.key().compareTo(b.key()));

    /** What a script reads and writes. */
    private record Row(Set<String> reads, Set<String> writes) {

        Row() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    @AfterEach
    void stop() {
        connections.destroy();
        server.close();
    }

    @Test
    void shouldReadAndWriteTheDocumentedKeys() throws IOException {
        Map<String, Row> documented = documented();
        Map<String, Row> observed = new TreeMap<>();
        try (ScriptTrace trace = new ScriptTrace(server)) {
            assertThat(documented.keySet()).isEqualTo(new TreeSet<>(trace.scripts()));
            documented.values().removeIf(row -> row.equals(new Row()));
            Awaitility.await()
                    // Some of what is to be seen needs luck, and a slow machine more of it.
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(1))
                    .untilAsserted(() -> {
                        for (int i = 0; i < 200; i++) {
                            int next = random.nextInt(addresses.size() + 1);
                            operate(next < addresses.size() ? addresses.get(next) : touched);
                        }
                        add(trace.next(), observed);
                        assertNothingElse(observed, documented);
                        assertThat(observed).isEqualTo(documented);
                    });
        }
    }

    private static void assertNothingElse(Map<String, Row> observed, Map<String, Row> documented) {
        observed.forEach((script, row) -> {
            assertThat(documented.get(script).reads()).as(script + " reads").containsAll(row.reads());
            assertThat(documented.get(script).writes()).as(script + " writes").containsAll(row.writes());
        });
    }

    private static void add(List<ScriptTrace.Access> accesses, Map<String, Row> observed) {
        for (ScriptTrace.Access access : accesses) {
            Row row = observed.computeIfAbsent(access.script(), script -> new Row());
            (access.written() ? row.writes() : row.reads()).add(kind(access.key()));
        }
    }

    private static String kind(String key) {
        if (key.endsWith("{lock-provider}")) {
            return "RECORD";
        }
        var match = KEY.matcher(key);
        assertThat(match.matches()).as(key).isTrue();
        String kind = match.group(1) != null
                ? match.group(1) + ":"
                : match.group(2) != null ? match.group(2) : match.group(3);
        return KINDS.get(kind);
    }

    private static Map<String, Row> documented() throws IOException {
        Map<String, Row> rows = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("SCRIPTS.md")))
                .results()
                .forEach(row -> rows.put(row.group(1), new Row(names(row.group(2)), names(row.group(3)))));
        return rows;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell).results().map(each -> each.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    // Short lives, so that sessions expire and come back meanwhile; also indexes of which a server evicted one.
    private void operate(SessionAddress address) {
        SessionVersion version = versions.getOrDefault(address, new SessionVersion("A".repeat(16), 1));
        OperationToken token = OperationToken.random();
        boolean flag = random.nextBoolean();
        switch (random.nextInt(18)) {
            case 0, 1, 2 -> {
                StoreReply reply = store.run(store.operations.start(
                        address, List.of(token.newSessionId()), data(), lifetimes(address), token, flag));
                if (reply instanceof StoreReply.Started started) {
                    versions.put(address, started.version());
                }
            }
            case 3 ->
                store.run(
                        random.nextBoolean()
                                ? store.operations.get(address, flag)
                                : store.operations.getIfChanged(address, version, token, flag));
            case 4 -> store.run(store.operations.getFinished(address));
            case 5 -> store.run(store.operations.touch(address));
            case 6, 7 -> {
                if (store.run(store.operations.update(address, version, null, data(), token))
                        instanceof StoreReply.Done) {
                    versions.put(address, version.next());
                }
            }
            case 8 -> store.run(store.operations.finish(address, null, lifetimes(address), token, flag));
            case 9 -> store.run(store.operations.resume(address, null, lifetimes(address), token, flag));
            case 10 -> store.run(store.operations.delete(address, SessionStates.BOTH, null, token, flag));
            case 16 -> store.run(store.operations.expiry(address, flag ? version.id() : null));
            case 17 -> store.run(store.operations.expire(address, flag ? version.id() : null, lifetimes(address)));
            case 11 -> lock(address);
            case 12 -> scan();
            case 13 -> sweep();
            case 14 -> evict();
            default -> store.run(store.operations.recordLockProvider(flag ? "redis" : "other", Duration.ofMillis(1)));
        }
    }

    private SessionData data() {
        String state = Integer.toString(random.nextInt(3));
        return new SessionData(
                Map.of("tenant", state), random.nextBoolean() ? Set.of("tenant") : Set.of(), reminders(), new byte[0]);
    }

    private List<ReminderChange> reminders() {
        return switch (random.nextInt(6)) {
            case 0 -> List.of(ReminderChange.after("a", 1 + random.nextInt(20)));
            case 1 -> List.of(ReminderChange.beforeExpiry("b", random.nextBoolean() ? 60_000 : 30_000));
            case 2 -> List.of(ReminderChange.cancellation("a"));
            default -> List.of();
        };
    }

    private Lifetimes lifetimes(SessionAddress address) {
        return address.equals(touched)
                ? new Lifetimes(0, 0, 60_000, 0)
                : anyLifetimes().withAnnounced(random.nextInt(3) == 0);
    }

    private Lifetimes anyLifetimes() {
        if (random.nextInt(4) == 0) {
            return new Lifetimes(0, 0, 60_000, 0).withQueryable(false);
        }
        long life = random.nextBoolean() ? 20 : 60_000;
        long retention = random.nextBoolean() ? 0 : 60_000;
        return switch (random.nextInt(5)) {
            case 0 -> new Lifetimes(0, 0, 0, 0);
            case 1 -> new Lifetimes(0, 0, life, retention);
            case 2 -> new Lifetimes(60_000, 0, life, retention);
            case 3 -> new Lifetimes(0, System.currentTimeMillis() - 1000, 0, retention);
            default -> new Lifetimes(life, 0, 0, retention);
        };
    }

    private void lock(SessionAddress address) {
        String id = "owner-" + random.nextInt(2);
        LockRequest request = new LockRequest(
                address, Duration.ofMillis(20), Duration.ofSeconds(random.nextInt(2)), Duration.ofMillis(1), false);
        store.run(locks.lock(request, id, false));
        store.run(locks.lockAndGet(request, id, random.nextBoolean()));
        store.run(locks.extend(address, id, 20));
        store.run(locks.lockState(address));
        store.run(locks.unlock(address, id));
    }

    private void scan() {
        SessionFilter tenant = random.nextBoolean() ? null : SessionFilter.parse("tenant is '0'");
        StoreProbe.join(store.provider.scan(new SessionScan(
                "checkout", random.nextBoolean(), null, 10, tenant, Set.of("tenant"), random.nextBoolean())));
        StoreProbe.join(store.provider.count("checkout", random.nextBoolean()));
    }

    private void sweep() {
        SessionSweep.Reply claimed = StoreProbe.join(store.provider.sweep(SessionSweep.claim("checkout", 10, 5)));
        if (random.nextBoolean()) {
            StoreProbe.join(store.provider.acknowledgeExpired("checkout", claimed.claimed()));
        }
        SessionSweep.Reply reminders =
                StoreProbe.join(store.provider.sweep(SessionSweep.claimReminders("checkout", 10, 5)));
        if (random.nextBoolean()) {
            StoreProbe.join(store.provider.acknowledgeReminders("checkout", reminders.claimed()));
        }
        repair(store.layout.bucket(addresses.get(0)), random.nextBoolean());
    }

    private void repair(KeyLayout.Bucket bucket, boolean finished) {
        IndexScripts scripts = store.indexScripts;
        store.run(store.expirationScripts.claimPartitions("checkout", 1, 1, 4, List.of()));
        List<byte[]> due = store.run(scripts.due(bucket, List.of(bucket.deadlines(finished)), 100))
                .get(0)
                .members();
        store.run(scripts.repairIndex(bucket, finished, due));
        IndexScripts.Stretch stretch =
                store.run(scripts.rebuildIndex(bucket, finished, 100, random.nextInt(100), true));
        store.run(scripts.rebuildEntries(bucket, finished, stretch.members()));
    }

    /** Removes a key of an index, and lets another index end before its sessions. */
    private void evict() {
        List<byte[]> index = store.layout.bucket(addresses.get(0)).index(random.nextBoolean());
        store.redis.delete(index.get(random.nextInt(index.size())));
        byte[] deadlines = store.layout.bucket(touched).deadlines(random.nextBoolean());
        store.redis.expire(deadlines, Duration.ofSeconds(30));
    }
}
