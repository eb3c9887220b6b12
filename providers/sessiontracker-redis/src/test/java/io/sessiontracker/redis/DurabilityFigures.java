package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.lettuce.core.api.sync.RedisCommands;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.script.StoreProbe.AN_HOUR;
import static org.awaitility.Awaitility.await;

/** Measures what {@code min-replicas} brings and costs; run by its name only, on a quiet machine. */
class DurabilityFigures {

    private static final long PHASE_MILLIS = 3_000;

    private final RedisServer master = RedisServer.launch("repl-diskless-sync yes", "repl-diskless-sync-delay 0");
    private final RedisServer replica = RedisServer.launch("replicaof " + RedisServer.HOST + " " + master.port());
    private final LettuceConnectionFactory connections = RedisServers.awaitConnected(RedisServers.connect(
            new RedisStandaloneConfiguration(RedisServer.HOST, master.port()),
            client -> client.commandTimeout(Duration.ofSeconds(1))));
    private final ConcurrentLinkedQueue<SessionAddress> acknowledged = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    /** The master freezes, its replica takes over, the master goes on for a while as if nothing was, and is demoted. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void losses(int minReplicas) throws InterruptedException {
        StoreProbe store = store(minReplicas);
        List<Thread> callers = IntStream.range(0, 8)
                .mapToObj(caller -> new Thread(() -> write(store, caller)))
                .toList();
        callers.forEach(Thread::start);
        Thread.sleep(PHASE_MILLIS);
        master.freeze();
        Thread.sleep(1_000);
        replica.call(RedisCommands::replicaofNoOne);
        master.thaw();
        Thread.sleep(PHASE_MILLIS);
        master.call(redis -> redis.replicaof(RedisServer.HOST, replica.port()));
        over = true;
        for (Thread caller : callers) {
            caller.join();
        }
        long lost = replica.call(redis -> acknowledged.stream()
                .filter(address -> redis.exists(new String(store.layout.running(address), StandardCharsets.UTF_8)) == 0)
                .count());
        System.out.printf(
                "min-replicas %d: %,d of %,d acknowledged starts lost%n", minReplicas, lost, acknowledged.size());
        end(store);
    }

    private void write(StoreProbe store, int caller) {
        for (int i = 0; !over; i++) {
            SessionAddress address = new SessionAddress("checkout", caller + "-" + i);
            try {
                store.run(store.startOf(address, StoreProbe.data("a"), AN_HOUR));
                acknowledged.add(address);
            } catch (CompletionException e) {
                // Not acknowledged.
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "0, 32", "1, 32"})
    void costs(int minReplicas, int threads) throws InterruptedException {
        StoreProbe store = store(minReplicas);
        updates(store, threads); // to warm up
        over = false;
        long[] nanos = updates(store, threads);
        System.out.printf(
                "min-replicas %d, %d threads: %,d updates/s, p50 %.2f ms, p99 %.2f ms%n",
                minReplicas,
                threads,
                nanos.length * 1_000L / PHASE_MILLIS,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6);
        end(store);
    }

    private long[] updates(StoreProbe store, int threads) throws InterruptedException {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        List<Thread> callers = IntStream.range(0, threads)
                .mapToObj(caller -> new Thread(() -> update(store, caller, nanos)))
                .toList();
        callers.forEach(Thread::start);
        TimeUnit.MILLISECONDS.sleep(PHASE_MILLIS);
        over = true;
        for (Thread caller : callers) {
            caller.join();
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private void update(StoreProbe store, int caller, ConcurrentLinkedQueue<Long> nanos) {
        SessionAddress address = new SessionAddress("checkout", "key-" + caller + "-" + System.nanoTime());
        store.run(store.startOf(address, StoreProbe.data("a"), AN_HOUR));
        SessionVersion version = ((StoreReply.Done) store.run(store.operations.get(address, false)))
                .session()
                .version();
        while (!over) {
            long from = System.nanoTime();
            store.run(store.operations.update(address, version, null, StoreProbe.data("b"), OperationToken.random()));
            nanos.add(System.nanoTime() - from);
            version = version.next();
        }
    }

    private StoreProbe store(int minReplicas) {
        await().until(() -> master.call(redis -> redis.info("replication")).contains("state=online"));
        return new StoreProbe(connections, RedisTopology.newNamespace(), minReplicas);
    }

    private void end(StoreProbe store) {
        store.provider.close();
        connections.destroy();
        replica.close();
        master.close();
    }
}
