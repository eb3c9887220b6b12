package io.sessiontracker.benchmarks.measure;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Clients;
import io.sessiontracker.testing.RedisServer;
import org.jspecify.annotations.Nullable;

/**
 * One server and the candidates, which use it one at a time. JMH instantiates benchmark classes itself, so these find the only
 * environment of the JVM here.
 */
public final class BenchmarkEnvironment implements AutoCloseable {

    private static volatile @Nullable BenchmarkEnvironment current;

    private final RedisServer server = RedisServer.launch();
    private final RedisClient admin = RedisClient.create(RedisURI.create(RedisServer.HOST, server.port()));
    private final StatefulRedisConnection<String, String> connection = admin.connect();
    private final Clients clients = new Clients(server);
    private final Map<String, Candidate> candidates = new HashMap<>();

    private BenchmarkEnvironment() {}

    /** Starts a server and connects to it. */
    public static BenchmarkEnvironment open() {
        BenchmarkEnvironment environment = new BenchmarkEnvironment();
        current = environment;
        return environment;
    }

    static BenchmarkEnvironment current() {
        return Objects.requireNonNull(current, "No environment is open");
    }

    /** Returns a candidate on an empty server that is configured for it. */
    synchronized Candidate enter(String name) {
        clear();
        return add(name);
    }

    /** Returns a candidate on the server as it is. */
    synchronized Candidate add(String name) {
        Candidate candidate = candidates.computeIfAbsent(name, each -> Candidates.open(each, clients));
        candidate.prepare();
        return candidate;
    }

    /** Empties the server and turns its notifications off. */
    void clear() {
        connection.sync().flushall();
        connection.sync().configSet("notify-keyspace-events", "");
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

    /** Returns the version of the server. */
    public String redisVersion() {
        return statistics().text("server", "redis_version");
    }

    @Override
    public void close() {
        try {
            for (Candidate candidate : candidates.values()) {
                candidate.close();
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
