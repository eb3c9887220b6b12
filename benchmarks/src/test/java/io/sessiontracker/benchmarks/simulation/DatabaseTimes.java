package io.sessiontracker.benchmarks.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.JdbcCandidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.util.FileSystemUtils;

/** Measures what PostgreSQL spends for calls, by the CPU time of its processes, all of them together. */
final class DatabaseTimes {

    private static final int CONNECTIONS = 16;
    private static final int THREADS = 16;

    private final int calls;

    /** @param calls how many to make of each kind */
    DatabaseTimes(int calls) {
        this.calls = calls;
    }

    /** Returns microseconds by call. */
    Map<String, Double> measure() throws IOException {
        Path directory = Files.createTempDirectory("scaling");
        Map<String, Double> micros = new LinkedHashMap<>();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("data"))
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .start();
                HikariDataSource pool = pool(server)) {
            ProcessHandle postmaster = postmaster(directory.resolve("data"));
            JdbcDatabase database = JdbcDatabase.of(pool);
            String script = JdbcSchema.script(database.dialect().platform());
            DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(new ClassPathResource(script)), pool);
            for (String name : List.of(JdbcCandidates.TRACKER, JdbcCandidates.INDEXED)) {
                Candidate candidate = JdbcCandidates.open(name, database);
                for (Work work : List.of(Work.START, Work.GET, Work.PEEK, Work.CHANGE, Work.LOCKED_CHANGE)) {
                    if (JdbcCandidates.works().getOrDefault(name, Set.of()).contains(work)) {
                        micros.put(work.title() + ", " + name, measure(candidate, work, postmaster));
                    }
                }
                candidate.close();
            }
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
        return micros;
    }

    private double measure(Candidate candidate, Work work, ProcessHandle postmaster) {
        List<ThreadSessions> sessions = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            sessions.add(new ThreadSessions(work + "-" + thread, Payload.SMALL));
            if (work.needsSessions()) {
                sessions.get(thread).startAll(candidate, ThreadSessions.PAGE_SIZE);
            }
        }
        double before = cpuSeconds(postmaster);
        ServerTime.inParallel(THREADS, thread -> {
            for (int i = 0; i < calls / THREADS; i++) {
                work.doOnce(sessions.get(thread), candidate);
            }
        });
        return (cpuSeconds(postmaster) - before) * 1e6 / (calls / THREADS * THREADS);
    }

    private static double cpuSeconds(ProcessHandle postmaster) {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .mapToDouble(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
                .sum();
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static HikariDataSource pool(EmbeddedPostgres server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        config.setUsername("postgres");
        config.setMinimumIdle(CONNECTIONS);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }
}
