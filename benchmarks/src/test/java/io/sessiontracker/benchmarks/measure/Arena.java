package io.sessiontracker.benchmarks.measure;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sessiontracker.benchmarks.contestant.Clients;
import io.sessiontracker.benchmarks.contestant.Contestant;
import io.sessiontracker.benchmarks.contestant.Contestants;
import io.sessiontracker.testing.RedisServer;
import org.jspecify.annotations.Nullable;

/**
 * One server and all contestants, of whom one at a time has it for itself. JMH makes its benchmarks' objects by itself, so they
 * find the arena here; there is one in a JVM.
 */
public final class Arena implements AutoCloseable {

    private static volatile @Nullable Arena current;

    private final RedisServer server = RedisServer.launch();
    private final RedisClient admin = RedisClient.create(RedisURI.create(RedisServer.HOST, server.port()));
    private final StatefulRedisConnection<String, String> connection = admin.connect();
    private final Clients clients = new Clients(server);
    private final Map<String, Contestant> contestants = new HashMap<>();

    private Arena() {}

    /** Starts a server, and connects to it. */
    public static Arena open() {
        Arena arena = new Arena();
        current = arena;
        return arena;
    }

    static Arena current() {
        return Objects.requireNonNull(current, "Open an arena first");
    }

    /** That contestant, on an empty server that is set up for it. */
    synchronized Contestant enter(String name) {
        clear();
        Contestant contestant = contestants.computeIfAbsent(name, this::newContestant);
        contestant.prepare();
        return contestant;
    }

    /** An empty server that tells nobody anything. */
    void clear() {
        connection.sync().flushall();
        connection.sync().configSet("notify-keyspace-events", "");
    }

    private Contestant newContestant(String name) {
        return Contestants.all().stream()
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
            for (Contestant contestant : contestants.values()) {
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
