package io.sessiontracker.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.JdbcCandidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSchema;
import io.sessiontracker.jdbc.SqlDialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Measures the candidates on one database, in turns, round by round, so that other load on the machine affects all of them alike.
 *
 * @param perCall statements and commits of one call, by candidate and work
 */
public record JdbcMeasurements(String database, Samples samples, Map<String, Map<Work, double[]>> perCall) {

    private static final int COUNTED = 20;
    private static final int CONNECTIONS = 16;

    /**
     * Takes the measurements of a plan, payload 0.5 KB.
     *
     * @param synchronousCommit whether a commit waits for the disk
     */
    public static JdbcMeasurements ofPostgreSql(Plan plan, boolean synchronousCommit) throws IOException {
        String commit = synchronousCommit ? "on" : "off";
        try (EmbeddedPostgres server = postgreSql(commit)) {
            String url = server.getJdbcUrl("postgres", "postgres");
            return take(plan, "PostgreSQL 17, synchronous_commit = " + commit, url, "postgres");
        }
    }

    private static EmbeddedPostgres postgreSql(String synchronousCommit) throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", synchronousCommit)
                .start();
    }

    /** Returns the microseconds of a call on PostgreSQL without waiting for the disk, by what it does and the number of sessions. */
    public static Map<String, Map<Integer, Double>> growthOnPostgreSql(Plan plan) throws IOException {
        try (EmbeddedPostgres server = postgreSql("off");
                HikariDataSource pool = pool(server.getJdbcUrl("postgres", "postgres"), "postgres")) {
            SqlDialect dialect = JdbcDatabase.of(pool).dialect();
            return new JdbcGrowth(plan, sessions -> {
                        JdbcDatabase database = new JdbcDatabase(pool, dialect, "N" + sessions + "_");
                        DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(tables(database)), pool);
                        return database;
                    })
                    .measure();
        }
    }

    /** Takes the measurements of a plan, payload 0.5 KB, in this JVM. */
    public static JdbcMeasurements ofH2(Plan plan) throws IOException {
        return take(plan, "H2 in memory", "jdbc:h2:mem:benchmark;DB_CLOSE_DELAY=-1", "sa");
    }

    private static JdbcMeasurements take(Plan plan, String name, String url, String user) throws IOException {
        try (HikariDataSource pool = pool(url, user)) {
            StatementCounter counter = new StatementCounter(pool);
            JdbcDatabase database = JdbcDatabase.of(counter);
            createTables(database);
            return new Run(plan, database, counter).measure(name);
        }
    }

    private static HikariDataSource pool(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    private static void createTables(JdbcDatabase database) {
        Resource plain = tables(new JdbcDatabase(database.dataSource(), database.dialect(), "PLAIN_"));
        Resource spring = new ClassPathResource(
                "org/springframework/session/jdbc/schema-" + database.dialect().platform() + ".sql");
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(tables(database), plain, spring), database.dataSource());
    }

    /** Returns the script for tables with this database's prefix. */
    private static Resource tables(JdbcDatabase database) {
        try {
            String script =
                    new ClassPathResource(JdbcSchema.script(database.dialect().platform())).getContentAsString(UTF_8);
            return new ByteArrayResource(
                    JdbcSchema.withPrefix(script, database.tablePrefix()).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Run(Plan plan, JdbcDatabase database, StatementCounter counter, Map<String, Candidate> open) {

        Run(Plan plan, JdbcDatabase database, StatementCounter counter) {
            this(plan, database, counter, new LinkedHashMap<>());
        }

        JdbcMeasurements measure(String name) {
            Samples samples = new Samples();
            Map<String, Map<Work, double[]>> perCall = new LinkedHashMap<>();
            JdbcCandidates.works().keySet().forEach(each -> open.put(each, JdbcCandidates.open(each, database)));
            open.keySet().forEach(candidate -> {
                Map<Work, double[]> costs = new LinkedHashMap<>();
                works(candidate).forEach(work -> costs.put(work, count(candidate, work)));
                perCall.put(candidate, costs);
            });
            for (int round = plan.rounds() > 1 ? 0 : 1; round <= plan.rounds(); round++) {
                System.err.printf("Round %d of %d%n", round, plan.rounds());
                for (int threads : plan.threads()) {
                    for (Work work : plan.works()) {
                        turn(samples, round, threads, work);
                    }
                }
            }
            open.values().forEach(Candidate::close);
            return new JdbcMeasurements(name, samples, perCall);
        }

        private List<Work> works(String candidate) {
            return plan.works().stream()
                    .filter(JdbcCandidates.works().get(candidate)::contains)
                    .toList();
        }

        private void turn(Samples samples, int round, int threads, Work work) {
            List<String> candidates = new ArrayList<>(open.keySet());
            if (round % 2 == 1) {
                Collections.reverse(candidates);
            }
            for (String candidate : candidates) {
                if (works(candidate).contains(work)) {
                    double perSecond = perSecond(candidate, work, threads, "r" + round);
                    if (round > 0) {
                        samples.add(new BenchmarkCase(candidate, work, threads, Payload.SMALL), perSecond);
                    }
                }
            }
        }

        private double[] count(String candidate, Work work) {
            ThreadSessions sessions = sessions(candidate, work, "counted");
            counter.on = true;
            counter.statements.set(0);
            counter.commits.set(0);
            for (int i = 0; i < COUNTED; i++) {
                work.doOnce(sessions, open.get(candidate));
            }
            counter.on = false;
            return new double[] {counter.statements.doubleValue() / COUNTED, counter.commits.doubleValue() / COUNTED};
        }

        private ThreadSessions sessions(String candidate, Work work, String name) {
            ThreadSessions sessions = new ThreadSessions(candidate.length() + "-" + work + "-" + name, Payload.SMALL);
            if (work.needsSessions()) {
                sessions.startAll(open.get(candidate), ThreadSessions.PAGE_SIZE);
            }
            return sessions;
        }

        private double perSecond(String candidate, Work work, int threads, String name) {
            List<ThreadSessions> all = IntStream.range(0, threads)
                    .mapToObj(i -> sessions(candidate, work, name + "-" + threads + "-" + i))
                    .toList();
            ExecutorService executor = Executors.newFixedThreadPool(threads);
            try {
                long begin = System.nanoTime();
                long end = begin + plan.slice().toNanos();
                List<Future<Long>> turns = new ArrayList<>();
                for (ThreadSessions sessions : all) {
                    turns.add(executor.submit(() -> calls(open.get(candidate), work, sessions, end)));
                }
                long calls = 0;
                for (Future<Long> each : turns) {
                    calls += each.get();
                }
                return calls * 1e9 / (System.nanoTime() - begin);
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("%s by %s could not be measured".formatted(work, candidate), e);
            } finally {
                executor.shutdown();
            }
        }

        private static long calls(Candidate candidate, Work work, ThreadSessions sessions, long end) {
            long calls = 0;
            do {
                work.doOnce(sessions, candidate);
                calls++;
            } while (System.nanoTime() < end);
            return calls;
        }
    }
}
