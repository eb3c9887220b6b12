package io.sessiontracker.redisson;

import java.time.Duration;

import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.springframework.data.redis.connection.RedisNode;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

/** Redisson clients with the footprint that applications get. */
public final class RedissonClients {

    /** The lease of a renewed lock of {@link #withFrequentRenewal}. */
    static final long FREQUENT_RENEWAL_MILLIS = 1_500;

    /** How long clients for slow machines wait for a reply. */
    static final Duration RESPONSE_TIMEOUT = ofSeconds(20);

    private RedissonClients() {}

    /** Returns a client of shared servers, with time-outs for slow machines. */
    public static RedissonClient of(RedisServers servers) {
        Config config = base();
        String[] addresses =
                servers.nodes().stream().map(RedissonClients::address).toArray(String[]::new);
        switch (addresses.length == 1 && servers.masterName() == null ? "" : String.valueOf(servers.masterName())) {
            case "" -> single(config, servers.nodes().get(0));
            case "null" -> withLongTimeouts(config.useClusterServers().addNodeAddress(addresses));
            default ->
                withLongTimeouts(config.useSentinelServers()
                        .setMasterName(servers.masterName())
                        .setCheckSentinelsList(false)
                        .addSentinelAddress(addresses));
        }
        return Redisson.create(config);
    }

    /** Returns a client of a node, with time-outs for slow machines. */
    public static RedissonClient to(RedisNode node) {
        Config config = base();
        single(config, node);
        return Redisson.create(config);
    }

    /** Returns a client with short time-outs, for a network with faults. */
    public static RedissonClient withShortTimeoutsTo(RedisNode node) {
        Config config = base();
        single(config, node).setTimeout(3_000).setRetryDelay(new ConstantDelay(ofMillis(100)));
        return Redisson.create(config);
    }

    /** Returns a configuration with short time-outs, for a server that a test stops or freezes. */
    static Config withShortTimeouts(RedisServer server) {
        Config config = base();
        single(config, server.node()).setTimeout(300).setRetryDelay(new ConstantDelay(ofMillis(100)));
        return config.setLockWatchdogTimeout(3_000);
    }

    /** Returns a configuration with a renewal every half second. */
    static Config withFrequentRenewal(RedisNode node) {
        Config config = base();
        single(config, node);
        return config.setLockWatchdogTimeout(FREQUENT_RENEWAL_MILLIS);
    }

    static Config base() {
        return new Config()
                .setThreads(2)
                .setNettyThreads(2)
                .setCodec(StringCodec.INSTANCE)
                .setLockWatchdogTimeout(30_000)
                .setSlavesSyncTimeout(10_000)
                .setLazyInitialization(true);
    }

    static BaseConfig<?> single(Config config, RedisNode node) {
        return withLongTimeouts(config.useSingleServer()
                .setAddress(address(node))
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(8)
                .setSubscriptionConnectionPoolSize(4));
    }

    static String address(RedisNode node) {
        return "redis://" + node.getHost() + ":" + node.getPort();
    }

    /** A command that is not written after two delays fails, so a delay has to outlast a busy machine, too. */
    private static BaseConfig<?> withLongTimeouts(BaseConfig<?> config) {
        return config.setSubscriptionsPerConnection(10_000)
                .setTimeout((int) RESPONSE_TIMEOUT.toMillis())
                .setRetryAttempts(1)
                .setRetryDelay(new ConstantDelay(ofSeconds(2)));
    }
}
