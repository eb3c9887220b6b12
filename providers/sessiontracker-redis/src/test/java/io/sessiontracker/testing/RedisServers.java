package io.sessiontracker.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;

/** The servers of a {@link RedisTopology}, shared by all tests of this JVM: never stop, freeze, flush or configure them. */
public final class RedisServers implements AutoCloseable {

    static final Map<RedisTopology, RedisServers> SHARED = new ConcurrentHashMap<>();
    static final String MASTER_NAME = "shop-master";

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_CONNECTIONS = 64;

    private final RedisTopology topology;
    private final List<RedisServer> servers;
    private final LettuceConnectionFactory connectionFactory;

    /** With the servers that a client is to know: the server, the Cluster's nodes, or the Sentinels. */
    RedisServers(RedisTopology topology, List<RedisServer> servers) {
        this.topology = topology;
        this.servers = List.copyOf(servers);
        this.connectionFactory = newConnectionFactory(COMMAND_TIMEOUT);
    }

    /** The server, the Cluster's masters, or the Sentinels. */
    public List<RedisNode> nodes() {
        return servers.stream().map(RedisServer::node).toList();
    }

    /** One of the servers of {@link #nodes}, to be stopped or frozen unless it is shared. */
    public RedisServer server(int index) {
        return servers.get(index);
    }

    /** A replica of a Cluster's master that has all that is in it, known to the others; the caller closes it. */
    public RedisServer addReplica(int index) {
        RedisServer master = server(index);
        RedisServer replica = RedisTopology.launchClusterNode();
        String id = master.call(RedisCommands::clusterMyId);
        replica.call(redis -> redis.clusterMeet(RedisServer.HOST, master.port()));
        Awaitility.await()
                .atMost(COMMAND_TIMEOUT)
                .ignoreExceptions()
                .until(() -> "OK".equals(replica.call(redis -> redis.clusterReplicate(id))));
        Awaitility.await()
                .atMost(COMMAND_TIMEOUT)
                .until(() ->
                        master.<String>call(redis -> redis.info("replication")).contains("state=online"));
        // A client may take the new node's view of the Cluster for its own.
        Awaitility.await()
                .atMost(COMMAND_TIMEOUT)
                .until(() -> replica.call(RedisCommands::clusterInfo)
                        .lines()
                        .toList()
                        .containsAll(List.of("cluster_state:ok", "cluster_slots_ok:16384")));
        // The other masters vote for it only if they know what it is.
        String replicaId = replica.call(RedisCommands::clusterMyId);
        Awaitility.await()
                .atMost(COMMAND_TIMEOUT)
                .until(() -> servers.stream()
                        .allMatch(each -> each.<String>call(RedisCommands::clusterNodes)
                                .lines()
                                .anyMatch(line -> line.startsWith(replicaId) && line.contains("slave " + id))));
        return replica;
    }

    /** Ends servers that are not shared, before this JVM does. */
    @Override
    public void close() {
        connectionFactory.destroy();
        servers.forEach(RedisServer::close);
    }

    /** The master's name that Sentinel knows; null elsewhere. */
    public @Nullable String masterName() {
        return topology == RedisTopology.SENTINEL ? MASTER_NAME : null;
    }

    /** A started connection factory, shared by all tests of this JVM. */
    public LettuceConnectionFactory connectionFactory() {
        return connectionFactory;
    }

    /** A connection factory of its own, started; the caller destroys it. */
    public LettuceConnectionFactory newConnectionFactory(Duration commandTimeout) {
        return connect(configuration(), client -> client.commandTimeout(commandTimeout));
    }

    /** What Spring Data Redis needs to connect. */
    public RedisConfiguration configuration() {
        return switch (topology) {
            case STANDALONE ->
                new RedisStandaloneConfiguration(
                        RedisServer.HOST, servers.get(0).port());
            case CLUSTER ->
                nodes().stream()
                        .reduce(
                                new RedisClusterConfiguration(),
                                RedisClusterConfiguration::clusterNode,
                                (first, second) -> first);
            case SENTINEL ->
                nodes().stream()
                        .reduce(
                                new RedisSentinelConfiguration().master(MASTER_NAME),
                                RedisSentinelConfiguration::sentinel,
                                (first, second) -> first);
        };
    }

    /** What Spring Boot needs to connect: its {@code spring.data.redis.*}. */
    public Map<String, String> properties() {
        String nodes = nodes().stream()
                .map(node -> node.getHost() + ":" + node.getPort())
                .collect(Collectors.joining(","));
        return switch (topology) {
            case STANDALONE ->
                Map.of(
                        "spring.data.redis.host",
                        RedisServer.HOST,
                        "spring.data.redis.port",
                        Integer.toString(servers.get(0).port()));
            case CLUSTER -> Map.of("spring.data.redis.cluster.nodes", nodes);
            case SENTINEL ->
                Map.of("spring.data.redis.sentinel.master", MASTER_NAME, "spring.data.redis.sentinel.nodes", nodes);
        };
    }

    /** The store's clock; all servers run on this machine. */
    public long timeMillis() {
        try (var connection = connectionFactory.getConnection()) {
            Long time = connection.serverCommands().time();
            return time == null ? 0 : time;
        }
    }

    /** A connection factory with settings of its own, started; the caller destroys it. */
    public static LettuceConnectionFactory connect(
            RedisConfiguration configuration, Consumer<LettuceClientConfigurationBuilder> settings) {
        LettuceClientConfigurationBuilder client =
                LettuceClientConfiguration.builder().shutdownTimeout(Duration.ZERO);
        settings.accept(client);
        LettuceConnectionFactory factory = newFactory(configuration, client.build());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    /** Connects what its factory shares, which takes long for the first time in a JVM, and longer than a test's time-out. */
    public static LettuceConnectionFactory awaitConnected(LettuceConnectionFactory factory) {
        Awaitility.await("a connection")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> {
                    factory.getConnection().close();
                    return true;
                });
        return factory;
    }

    /**
     * Returns a started factory that gives each call a connection of a pool, so that the store's calls wait for their replies,
     * as over other drivers; the caller destroys it.
     */
    public LettuceConnectionFactory newUnsharedConnectionFactory() {
        GenericObjectPoolConfig<StatefulConnection<?, ?>> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(MAX_CONNECTIONS);
        LettuceConnectionFactory factory = newFactory(
                configuration(),
                LettucePoolingClientConfiguration.builder()
                        .poolConfig(pool)
                        .shutdownTimeout(Duration.ZERO)
                        .commandTimeout(COMMAND_TIMEOUT)
                        .build());
        factory.setShareNativeConnection(false);
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    /** The same factory, from now on with a connection for each call. */
    public static LettuceConnectionFactory unshared(LettuceConnectionFactory factory) {
        factory.setShareNativeConnection(false);
        return factory;
    }

    private static LettuceConnectionFactory newFactory(
            RedisConfiguration configuration, LettuceClientConfiguration client) {
        if (configuration instanceof RedisClusterConfiguration cluster) {
            return new LettuceConnectionFactory(cluster, client);
        }
        if (configuration instanceof RedisSentinelConfiguration sentinel) {
            return new LettuceConnectionFactory(sentinel, client);
        }
        return new LettuceConnectionFactory((RedisStandaloneConfiguration) configuration, client);
    }
}
