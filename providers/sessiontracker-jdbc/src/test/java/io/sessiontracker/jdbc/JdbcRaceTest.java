package io.sessiontracker.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.process.WorkerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Four processes with 16 threads each on ten keys; {@code -Dsessiontracker.test.race.seconds=60} lets them run for a minute. */
class JdbcRaceTest {

    private static final int SECONDS = Integer.getInteger("sessiontracker.test.race.seconds", 3);
    private static final int PROCESSES = 4;
    private static final int THREADS = 16;

    private final String namespace = "race:" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void shouldLoseNoUpdateOfSeveralProcesses(TestDatabase kind) {
        try (JdbcTestNode node = new JdbcTestNode(kind.database(), namespace)) {
            prepare(node);
            HikariDataSource pool = (HikariDataSource) kind.database().dataSource();
            List<String> arguments = List.of(pool.getJdbcUrl(), pool.getUsername(), namespace);
            List<WorkerProcess> workers = Stream.generate(() -> new WorkerProcess(RaceWorker.class, arguments))
                    .limit(PROCESSES)
                    .toList();
            try {
                check(
                        node,
                        WorkerProcess.askAll(workers, SECONDS + " " + THREADS).stream()
                                .flatMap(answer -> Arrays.stream(answer.split(" ")))
                                .map(each -> each.split("="))
                                .collect(Collectors.toMap(
                                        each -> each[0], each -> Integer.valueOf(each[1]), Integer::sum)));
            } finally {
                workers.forEach(WorkerProcess::close);
            }
        }
    }

    @Test
    void shouldLoseNoUpdateOfSeveralThreadsOnH2() {
        try (JdbcTestNode node = new JdbcTestNode(TestDatabase.H2.database(), namespace)) {
            prepare(node);
            check(node, new RaceWorker(node).run(SECONDS, THREADS));
        }
    }

    private static void prepare(JdbcTestNode node) {
        JdbcClient client = JdbcClient.create(node.database.dataSource());
        client.sql("CREATE TABLE race_number (id VARCHAR(20) PRIMARY KEY, n INTEGER NOT NULL)")
                .update();
        for (int key = 0; key < RaceWorker.KEYS; key++) {
            node.tracker.start(new Tally("tally" + key)).orElseThrow();
            client.sql("INSERT INTO race_number VALUES (?, 0)")
                    .param("number" + key)
                    .update();
        }
    }

    private static void check(JdbcTestNode node, Map<String, Integer> counts) {
        System.out.println("Race on " + node.database.dialect().platform() + ": " + counts);
        assertThat(counts).doesNotContainKey(RaceWorker.FAILED);
        JdbcClient client = JdbcClient.create(node.database.dataSource());
        for (int key = 0; key < RaceWorker.KEYS; key++) {
            String tally = "tally" + key;
            String life = "life" + key;
            String number = "number" + key;
            assertThat(node.tracker.peek(Tally.class, tally).orElseThrow().count)
                    .as(tally)
                    .isEqualTo(counts.getOrDefault(tally, 0));
            assertThat(node.tracker.peek(Tally.class, life).isSuccess() ? 1 : 0)
                    .as(life)
                    .isEqualTo(counts.getOrDefault(life, 0));
            assertThat(client.sql("SELECT n FROM race_number WHERE id = ?")
                            .param(number)
                            .query(Integer.class)
                            .single())
                    .as(number)
                    .isEqualTo(counts.getOrDefault(number, 0));
        }
        client.sql("DROP TABLE race_number").update();
    }
}
