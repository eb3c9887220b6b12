package io.sessiontracker.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.LockOptions;
import io.sessiontracker.LockedSession;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionResult;
import io.sessiontracker.process.WorkerProcess;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Threads that change ten keys in all ways, and count what succeeded. */
final class RaceWorker {

    static final int KEYS = 10;

    /** What failed by an exception. */
    static final String FAILED = "failed";

    /** All calls. */
    static final String CALLS = "calls";

    /** Longer than a busy machine stops a process. */
    private static final LockOptions PATIENT =
            LockOptions.waitFor(Duration.ofMinutes(2)).withLease(Duration.ofMinutes(1));

    private static final int CONNECTIONS = 20;
    private static final long TIMEOUT_MILLIS = 60_000;

    private final JdbcTestNode node;
    private final JdbcClient client;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    RaceWorker(JdbcTestNode node) {
        this.node = node;
        this.client = JdbcClient.create(node.database.dataSource());
    }

    /** Runs with the arguments URL, user and namespace. */
    public static void main(String[] args) throws IOException {
        try (HikariDataSource pool = TestDatabase.pool(args[0], args[1], CONNECTIONS, TIMEOUT_MILLIS);
                JdbcTestNode node = new JdbcTestNode(JdbcDatabase.of(pool), args[2])) {
            WorkerProcess.execute(words -> new RaceWorker(node)
                    .run(Integer.parseInt(words[0]), Integer.parseInt(words[1])).entrySet().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(" ")));
        }
    }

    /** Runs for some seconds, and returns how often what succeeded. */
    Map<String, Integer> run(int seconds, int threads) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var executor = Executors.newFixedThreadPool(threads);
        try {
            CompletableFuture.allOf(IntStream.range(0, threads)
                            .mapToObj(thread -> CompletableFuture.runAsync(() -> runUntil(end), executor))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            executor.shutdown();
        }
        return counts;
    }

    private void runUntil(long end) {
        while (System.nanoTime() < end) {
            add(CALLS, 1);
            try {
                step(ThreadLocalRandom.current().nextInt(KEYS));
            } catch (RuntimeException failed) {
                add(FAILED, 1);
                failed.printStackTrace();
            }
        }
    }

    private void step(int key) {
        switch (ThreadLocalRandom.current().nextInt(6)) {
            case 0 -> count("tally" + key, node.tracker.modify(Tally.class, "tally" + key, tally -> tally.count++), 1);
            case 1 -> update("tally" + key);
            case 2 -> updateLocked("tally" + key);
            case 3 -> raiseUnderLock("number" + key);
            case 4 -> count("life" + key, node.tracker.start(new Tally("life" + key)), 1);
            default -> finishOrResume("life" + key);
        }
    }

    private void update(String key) {
        Tally tally = node.tracker.get(Tally.class, key).orElseThrow();
        tally.count++;
        count(key, node.tracker.update(tally), 1);
    }

    private void updateLocked(String key) {
        try (LockedSession<Tally> locked =
                node.tracker.getLocked(Tally.class, key, PATIENT).orElseThrow()) {
            locked.session().count++;
            count(key, node.tracker.update(locked.session()), 1);
        }
    }

    /** Increments a number that only the lock protects. */
    private void raiseUnderLock(String key) {
        try (SessionLock lock = node.tracker.lock(Tally.class, key, PATIENT).orElseThrow()) {
            int number = client.sql("SELECT n FROM race_number WHERE id = ?")
                    .param(key)
                    .query(Integer.class)
                    .single();
            client.sql("UPDATE race_number SET n = ? WHERE id = ?")
                    .params(number + 1, key)
                    .update();
            if (!lock.isAcquired()) {
                throw new IllegalStateException("the lease ran out, so this run proves nothing");
            }
            add(key, 1);
        }
    }

    /** A session that runs was started or resumed once more often than it was finished. */
    private void finishOrResume(String key) {
        if (ThreadLocalRandom.current().nextBoolean()) {
            count(key, node.tracker.finish(Tally.class, key), -1);
        } else {
            count(key, node.tracker.resume(Tally.class, key), 1);
        }
    }

    private void count(String key, SessionResult<?> result, int by) {
        if (result.isSuccess()) {
            add(key, by);
        }
    }

    private void add(String key, int by) {
        counts.merge(key, by, Integer::sum);
    }
}
