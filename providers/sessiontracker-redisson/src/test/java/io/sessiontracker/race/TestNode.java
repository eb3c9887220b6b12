package io.sessiontracker.race;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A tracker in one process, and a template for commands that bypass it. */
final class TestNode implements AutoCloseable {

    private final LettuceConnectionFactory connections;
    private final Runnable endLocks;
    final ClosableSessionTracker tracker;
    final StringRedisTemplate template;

    /** The lock provider. */
    enum Locks {
        REDISSON,
        REDIS
    }

    /** Connects to one server, or to a Cluster of several; each is {@code host:port}. */
    TestNode(List<String> nodes, String namespace, Locks kind) {
        connections = connect(nodes);
        connections.afterPropertiesSet();
        connections.start();
        SessionLockProvider provider;
        if (kind == Locks.REDIS) {
            RedisSessionLockProvider own = new RedisSessionLockProvider(connections, namespace);
            endLocks = own::close;
            provider = own;
        } else {
            RedissonClient redisson = Redisson.create(config(nodes));
            endLocks = redisson::shutdown;
            provider = new RedissonSessionLockProvider(redisson, namespace);
        }
        template = new StringRedisTemplate(connections);
        tracker = new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), namespace),
                        provider,
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(
                        new SessionTypeSettings(
                                SessionEntryOptions.none(), null, SessionEntryOptions.none(), LockSettings.BUILT_IN),
                        Map.of()))
                .build();
    }

    private static LettuceConnectionFactory connect(List<String> nodes) {
        if (nodes.size() > 1) {
            return new LettuceConnectionFactory(new RedisClusterConfiguration(nodes));
        }
        RedisNode node = RedisNode.fromString(nodes.get(0));
        return new LettuceConnectionFactory(new RedisStandaloneConfiguration(node.getHost(), node.getPort()));
    }

    private static Config config(List<String> nodes) {
        Config config = new Config()
                .setCodec(StringCodec.INSTANCE)
                .setLockWatchdogTimeout(MultiProcessRaceContract.LEASE.toMillis());
        String[] addresses = nodes.stream().map(node -> "redis://" + node).toArray(String[]::new);
        if (addresses.length > 1) {
            config.useClusterServers().addNodeAddress(addresses).setTimeout(20_000);
        } else {
            config.useSingleServer().setAddress(addresses[0]).setTimeout(20_000);
        }
        return config;
    }

    static List<String> nodes(String[] args, int from) {
        return Arrays.asList(args).subList(from, args.length);
    }

    @Override
    public void close() {
        tracker.close();
        endLocks.run();
        connections.destroy();
    }
}
