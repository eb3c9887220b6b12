package io.sessiontracker.autoconfigure.redisson;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Translates Spring Boot's connection details into Redisson's configuration, with the precedence of Spring Boot's connection
 * factory: Sentinel, Cluster, master and replicas, one server.
 *
 * <p>The client serves locks only and is small: two I/O threads, a connection or two to a master, none to replicas. It
 * connects at the first lock, so an application starts without Redis; a call then fails after the command time-out.
 */
final class RedissonConfigFactory {

    /** Redisson's default. Spring Boot leaves it to the driver; Lettuce's minute is too long for a lock service. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);

    /** Replicas confirm sooner or not at all: two waits for them, and for the release, must fit into a call's time. */
    private static final Duration LONGEST_SYNC = Duration.ofSeconds(1);

    private static final int SYNCS_PER_CALL = 5;

    /** Each lock with waiters is a subscription. With Redisson's default of 5, the 21st would fail on four connections. */
    private static final int SUBSCRIPTIONS_PER_CONNECTION = 10_000;

    private final DataRedisConnectionDetails details;
    private final DataRedisProperties properties;
    private final @Nullable SslBundle bundle;
    private final boolean tls;

    private RedissonConfigFactory(DataRedisConnectionDetails details, DataRedisProperties properties) {
        this.details = details;
        this.properties = properties;
        this.bundle = details.getSslBundle();
        this.tls = bundle != null || StringUtils.startsWithIgnoreCase(properties.getUrl(), "rediss://");
    }

    /** Returns a new configuration, which the caller may change. */
    static Config create(DataRedisConnectionDetails details, DataRedisProperties properties) {
        return new RedissonConfigFactory(details, properties).create();
    }

    private Config create() {
        Config config = new Config()
                .setLazyInitialization(true)
                .setThreads(2)
                .setNettyThreads(2)
                // No lock uses it, but the default one needs another library.
                .setCodec(StringCodec.INSTANCE)
                .setSlavesSyncTimeout(
                        min(timeout().dividedBy(SYNCS_PER_CALL), LONGEST_SYNC).toMillis())
                .setUsername(textOrNull(details.getUsername()))
                .setPassword(textOrNull(details.getPassword()));
        if (bundle != null) {
            trust(config, bundle);
        }
        timeouts(servers(config));
        return config;
    }

    private BaseConfig<?> servers(Config config) {
        if (details.getSentinel() != null) {
            return sentinel(config, details.getSentinel());
        }
        if (details.getCluster() != null) {
            return mastersOnly(config.useClusterServers()
                    // A lock needs its own slot only.
                    .setCheckSlotsCoverage(false)
                    .addNodeAddress(addresses(details.getCluster().getNodes())));
        }
        if (details.getMasterReplica() != null) {
            return mastersOnly(config.useReplicatedServers()
                    .addNodeAddress(addresses(details.getMasterReplica().getNodes())));
        }
        return standalone(config);
    }

    private BaseConfig<?> sentinel(Config config, Sentinel sentinel) {
        return mastersOnly(config.useSentinelServers()
                .setMasterName(sentinel.getMaster())
                .setDatabase(sentinel.getDatabase())
                .setSentinelUsername(textOrNull(sentinel.getUsername()))
                .setSentinelPassword(textOrNull(sentinel.getPassword()))
                // Redisson demands at least two; how many there are is the operator's decision.
                .setCheckSentinelsList(false)
                .addSentinelAddress(addresses(sentinel.getNodes())));
    }

    private BaseConfig<?> standalone(Config config) {
        var standalone = details.getStandalone();
        Assert.state(standalone != null, "No Redis server in " + details);
        return config.useSingleServer()
                .setAddress(address(standalone.getHost(), standalone.getPort()))
                .setDatabase(standalone.getDatabase())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(4);
    }

    private static <T extends BaseMasterSlaveServersConfig<T>> T mastersOnly(T servers) {
        return servers.setReadMode(ReadMode.MASTER)
                .setMasterConnectionMinimumIdleSize(1)
                .setMasterConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(4);
    }

    /**
     * One retry, soon: the lock provider ends a call after the time-out, and both attempts to connect should have their chance
     * before that.
     */
    private void timeouts(BaseConfig<?> servers) {
        int timeout = millis(timeout());
        servers.setTimeout(timeout)
                .setSubscriptionTimeout(timeout)
                .setSubscriptionsPerConnection(SUBSCRIPTIONS_PER_CONNECTION)
                .setRetryAttempts(1)
                .setRetryDelay(new ConstantDelay(Duration.ofMillis(Math.max(1, timeout / 10))))
                .setConnectTimeout(millis(
                        properties.getConnectTimeout() != null
                                ? properties.getConnectTimeout()
                                : timeout().dividedBy(2)))
                .setClientName(textOrNull(properties.getClientName()));
    }

    private static void trust(Config config, SslBundle bundle) {
        config.setSslKeyManagerFactory(bundle.getManagers().getKeyManagerFactory())
                .setSslTrustManagerFactory(bundle.getManagers().getTrustManagerFactory())
                .setSslCiphers(bundle.getOptions().getCiphers())
                .setSslProtocols(bundle.getOptions().getEnabledProtocols());
    }

    private Duration timeout() {
        return timeout(properties);
    }

    /** Returns how long a call may take. */
    static Duration timeout(DataRedisProperties properties) {
        return properties.getTimeout() != null ? properties.getTimeout() : DEFAULT_TIMEOUT;
    }

    private String[] addresses(List<Node> nodes) {
        return nodes.stream().map(node -> address(node.host(), node.port())).toArray(String[]::new);
    }

    private String address(String host, int port) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return (tls ? "rediss://" : "redis://") + literal + ":" + port;
    }

    private static int millis(Duration duration) {
        return (int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return StringUtils.hasText(text) ? text : null;
    }
}
