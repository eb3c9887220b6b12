package io.sessiontracker.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A server that is killed under load and started again; {@code -Dsessiontracker.test.kills=20} kills it so often. */
class JdbcFaultTest {

    private static final int KILLS = Integer.getInteger("sessiontracker.test.kills", 1);
    private static final int WRITERS = 8;
    private static final int WRITES = 50;
    private static final int CONNECTIONS = 20;
    private static final long TIMEOUT_MILLIS = 500;
    private static final LockOptions RENEWED =
            LockOptions.lease(Duration.ofMinutes(1)).withRenewal();

    @Test
    void shouldLoseNoWriteOfAKilledPostgreSql(@TempDir Path directory) throws Exception {
        run(PostgreSqlServer.restartable(directory.resolve("data")));
    }

    @Test
    void shouldLoseNoWriteOfAKilledMariaDb() throws Exception {
        assumeTrue(MariaDbServer.isLocal(), "a local mariadbd");
        run(MariaDbServer.restartable());
    }

    private static void run(DatabaseServer server) throws Exception {
        try (server;
                HikariDataSource pool = TestDatabase.pool(server.url(), server.user(), CONNECTIONS, TIMEOUT_MILLIS)) {
            TestDatabase.createTables(pool);
            try (JdbcTestNode node = new JdbcTestNode(JdbcDatabase.of(pool), "faults")) {
                run(server, node);
            }
        }
    }

    private static void run(DatabaseServer server, JdbcTestNode node) throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        List<Writer> writers = IntStream.range(0, WRITERS)
                .mapToObj(number -> new Writer(node, number, end))
                .toList();
        SessionLock held = node.tracker.lock(Tally.class, "held", RENEWED).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> running =
                    writers.stream().<Future<?>>map(threads::submit).toList();
            for (int kill = 0; kill < KILLS; kill++) {
                awaitEach(running, writers, writer -> writer.acknowledged, WRITES);
                server.kill();
                awaitEach(running, writers, writer -> writer.failures, 1);
                server.restart();
            }
            awaitEach(running, writers, writer -> writer.acknowledged, WRITES);
            end.set(true);
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            end.set(true);
            threads.shutdownNow();
        }
        System.out.printf(
                "%d kills of %s: %d acknowledged, %d failed%n",
                KILLS,
                node.database.dialect().platform(),
                writers.stream().mapToInt(writer -> writer.acknowledged.get()).sum(),
                writers.stream().mapToInt(writer -> writer.failures.get()).sum());
        writers.forEach(Writer::check);
        checkLock(node, held);
    }

    /** Waits until a count of each writer has grown by so many; fails with a writer. */
    private static void awaitEach(
            List<Future<?>> running, List<Writer> writers, Function<Writer, AtomicInteger> count, int by)
            throws Exception {
        List<Integer> before =
                writers.stream().map(writer -> count.apply(writer).get()).toList();
        await().until(() -> running.stream().anyMatch(Future::isDone)
                || IntStream.range(0, WRITERS)
                        .allMatch(i -> count.apply(writers.get(i)).get() >= before.get(i) + by));
        for (Future<?> each : running) {
            if (each.isDone()) {
                each.get();
            }
        }
    }

    private static void checkLock(JdbcTestNode node, SessionLock held) {
        assertThat(held.isAcquired()).isTrue();
        assertThat(held.extend(Duration.ofMinutes(1))).isTrue();
        assertThat(node.tracker.lock(Tally.class, "held").isSuccess()).isFalse();
        held.close();
        node.tracker.lock(Tally.class, "held").orElseThrow().close();
    }

    /**
     * Updates a session of its own, and starts others. A call that fails is repeated with the same instance until its outcome is known,
     * so that in the end all are.
     */
    private static final class Writer implements Runnable {

        private final JdbcTestNode node;
        private final int number;
        private final AtomicBoolean end;
        private final Tally tally;
        final AtomicInteger acknowledged = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();

        Writer(JdbcTestNode node, int number, AtomicBoolean end) {
            this.node = node;
            this.number = number;
            this.end = end;
            this.tally = node.tracker.start(new Tally("tally" + number)).orElseThrow();
        }

        @Override
        public void run() {
            while (!end.get()) {
                tally.count++;
                retry(() -> node.tracker.update(tally).orElseThrow());
                Tally started = new Tally("started" + number + "-" + tally.count);
                retry(() -> node.tracker.start(started).orElseThrow());
                acknowledged.incrementAndGet();
            }
        }

        private void retry(Runnable call) {
            while (true) {
                try {
                    call.run();
                    return;
                } catch (SessionStoreException unknown) {
                    failures.incrementAndGet();
                }
            }
        }

        void check() {
            assertThat(node.tracker.peek(Tally.class, tally.getKey()).orElseThrow().count)
                    .isEqualTo(acknowledged.get());
            for (int i = 1; i <= acknowledged.get(); i++) {
                assertThat(node.tracker
                                .peek(Tally.class, "started" + number + "-" + i)
                                .isSuccess())
                        .as("started %d", i)
                        .isTrue();
            }
        }
    }
}
