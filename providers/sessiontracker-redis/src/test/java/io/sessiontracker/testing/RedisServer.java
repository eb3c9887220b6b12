package io.sessiontracker.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisAclCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.sessiontracker.process.ServerProcess;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A server of one's own on a free port of 127.0.0.1, for tests that stop, freeze or configure it, or count what it does.
 * Not safe for use by several threads.
 */
public final class RedisServer implements AutoCloseable {

    /** The host of all servers. */
    public static final String HOST = "127.0.0.1";

    /** Shared by all calls: to make one takes longer than the call. Its threads are daemons. */
    private static final RedisClient CLIENT = RedisClient.create();

    private static final int ATTEMPTS = 20;
    /** Below the ports that systems assign by themselves, with room for a Cluster node's second one 10,000 above. */
    private static final int FIRST_PORT = 10_000;

    private static final int LAST_PORT = 22_000;
    private static final String COMMON = "bind " + HOST + "\nsave \"\"\nappendonly no\ndaemonize no\nport ";

    private final int port;
    private final String config;
    private final boolean sentinel;
    private @Nullable RedisProcess process;

    private RedisServer(int port, String config, boolean sentinel) {
        this.port = port;
        this.config = config;
        this.sentinel = sentinel;
        this.process = RedisProcess.start(config, sentinel);
    }

    /** Starts one, with lines of {@code redis.conf} if need be. */
    public static RedisServer launch(String... settings) {
        return launch(false, settings);
    }

    static RedisServer launchSentinel(String... settings) {
        return launch(true, settings);
    }

    private static RedisServer launch(boolean sentinel, String... settings) {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            String config = COMMON + port + "\n" + String.join("\n", settings) + "\n";
            try {
                return new RedisServer(port, config, sentinel);
            } catch (ServerProcess.StartFailure e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Starts it again on the same port; empty, unless its settings name a directory and what to keep there. */
    public void start() {
        if (process == null) {
            process = RedisProcess.start(config, sentinel);
        }
    }

    /** Ends it at once, as a power cut would. */
    public void stop() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Lets it do nothing until {@link #thaw}, while its connections stay open. */
    public void freeze() {
        if (process != null) {
            process.freeze();
        }
    }

    /** Lets it go on. */
    public void thaw() {
        if (process != null) {
            process.thaw();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** The port, the same after a restart. */
    public int port() {
        return port;
    }

    /** Host and port. */
    public RedisNode node() {
        return new RedisNode(HOST, port);
    }

    /** A connection factory of its own, started and connected; the caller destroys it. */
    public LettuceConnectionFactory newConnectionFactory(Duration commandTimeout) {
        LettuceConnectionFactory factory = RedisServers.connect(
                new RedisStandaloneConfiguration(HOST, port), client -> client.commandTimeout(commandTimeout));
        RedisServers.awaitConnected(factory);
        return factory;
    }

    /** Does something over a connection that is closed afterwards. */
    public <T extends @Nullable Object> T call(Call<T> call) {
        return call(node(), call);
    }

    /** The same for any server. */
    public static <T extends @Nullable Object> T call(RedisNode node, Call<T> call) {
        try (var connection = CLIENT.connect(RedisURI.create(node.getRequiredHost(), node.getRequiredPort()))) {
            return call.apply(connection.sync());
        }
    }

    /** Whether the server refused a command because its user has no right to it. */
    public boolean hasRefused(String command) {
        return this.<List<Map<String, Object>>>call(RedisAclCommands::aclLog).stream()
                .anyMatch(entry -> command.equals(entry.get("object")));
    }

    /** What {@link #call} does. */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object> {
        /** Does it. */
        T apply(RedisCommands<String, String> commands);
    }
}
