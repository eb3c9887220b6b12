package io.sessiontracker.benchmarks.measure;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sessiontracker.benchmarks.contestant.Candidate;
import io.sessiontracker.benchmarks.contestant.Candidates;
import io.sessiontracker.benchmarks.contestant.Clients;
import io.sessiontracker.testing.RedisServer;
import org.jspecify.annotations.Nullable;

/**
 * One server and all contestants, of whom one at a time has it for itself. JMH makes its benchmarks' objects by itself, so they
 * find the arena here; there is one in a JVM.
 */
public final class BenchmarkEnvironment implements AutoCloseable {

    private static volatile @Nullable BenchmarkEnvironment current;

    private final RedisServer server = RedisServer.launch();
    private final RedisClient admin = RedisClient.create(RedisURI.create(RedisServer.HOST, server.port()));
    private final StatefulRedisConnection<String, String> connection = admin.connect();
    private final Clients clients = new Clients(server);
    private final Map<String, Candidate> contestants = new HashMap<>();

    private BenchmarkEnvironment() {}

    /** Starts a server, and connects to it. */
    public static BenchmarkEnvironment open() {
        BenchmarkEnvironment arena = new BenchmarkEnvironment();
        current = arena;
        return arena;
    }

    static BenchmarkEnvironment current() {
        return Objects.requireNonNull(current, "Open an arena first");
    }

    /** That contestant, on an empty server that is set up for it. */
    synchronized Candidate enter(String name) {
        clear();
        Candidate contestant = contestants.computeIfAbsent(name, this::newContestant);
        contestant.prepare();
        return contestant;
    }

    /** An empty server that tells nobody anything. */
    void clear() {
        connection.sync().flushall();
        connection.sync().configSet("notify-keyspace-events", "");
    }

    private Candidate newContestant(String name) {
        return Candidates.all().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .opener()
                .apply(clients);
    }

    Clients clients() {
        return clients;
    }

    RedisServer server() {
        return server;
    }

    ServerStatistics statistics() {
        return new ServerStatistics(connection.sync());
    }

    /** The version of the server. */
    public String redisVersion() {
        return statistics().text("server", "redis_version");
    }

    @Override
    public void close() {
        try {
            for (Candidate contestant : contestants.values()) {
                contestant.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            clients.close();
            admin.shutdown();
            server.close();
            current = null;
        }
    }
}
