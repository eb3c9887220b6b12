package io.sessiontracker.race;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.testing.RedisServer;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A tracker with a Redis user that may neither configure the server nor scan its keys. */
final class RaceShop implements AutoCloseable {

    private static final String PASSWORD = "secret";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SessionTypeSettings KEPT = new SessionTypeSettings(
            SessionEntryOptions.absolute(HOUR), HOUR, SessionEntryOptions.absolute(HOUR), LockSettings.BUILT_IN);

    private final LettuceConnectionFactory connections;
    final ClosableSessionTracker tracker;

    /** Connects to one server, or to a Cluster of several; each is {@code host:port}. */
    RaceShop(List<String> nodes, String namespace, SweepSettings sweep, SessionListener... listeners) {
        connections = connect(nodes, namespace);
        connections.afterPropertiesSet();
        connections.start();
        SessionTrackerBuilder builder = new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(KEPT, Map.of()))
                .types(List.of(Basket.class))
                .sweep(sweep);
        List.of(listeners).forEach(builder::listener);
        tracker = builder.build();
    }

    /** Creates the user, named like the namespace. */
    static void admit(List<String> nodes, String namespace) {
        CommandArgs<String, String> rule =
                new CommandArgs<>(StringCodec.UTF8).add("SETUSER").add(namespace);
        Stream.of("reset", "on", ">" + PASSWORD, "~" + namespace + ":*", "+@all")
                .forEach(rule::add);
        Stream.of("-config", "-keys", "-scan", "-sscan", "-hscan", "-zscan").forEach(rule::add);
        for (String node : nodes) {
            RedisServer.call(
                    RedisNode.fromString(node),
                    redis -> redis.dispatch(CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), rule));
        }
    }

    private static LettuceConnectionFactory connect(List<String> nodes, String user) {
        if (nodes.size() > 1) {
            RedisClusterConfiguration cluster = new RedisClusterConfiguration(nodes);
            cluster.setUsername(user);
            cluster.setPassword(PASSWORD);
            return new LettuceConnectionFactory(cluster);
        }
        RedisNode node = RedisNode.fromString(nodes.get(0));
        RedisStandaloneConfiguration server =
                new RedisStandaloneConfiguration(node.getRequiredHost(), node.getRequiredPort());
        server.setUsername(user);
        server.setPassword(PASSWORD);
        return new LettuceConnectionFactory(server);
    }

    @Override
    public void close() {
        tracker.close();
        connections.destroy();
    }
}
