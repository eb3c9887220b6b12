package io.sessiontracker.autoconfigure.redisson;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.ClusterServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConfigSupport;
import org.redisson.config.ReadMode;
import org.redisson.config.ReplicatedServersConfig;
import org.redisson.config.SentinelServersConfig;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SslVerificationMode;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** Redisson's configuration for each way to configure Redis. */
class RedissonConfigFactoryTest {

    @Test
    void shouldNameOneServer() {
        Config config = config(
                "spring.data.redis.host=redis.example.org",
                "spring.data.redis.port=7000",
                "spring.data.redis.database=3",
                "spring.data.redis.username=shop",
                "spring.data.redis.password=secret",
                "spring.data.redis.client-name=shop-1");
        SingleServerConfig server = servers(config, SingleServerConfig.class);
        assertThat(server.getAddress()).isEqualTo("redis://redis.example.org:7000");
        assertThat(server.getDatabase()).isEqualTo(3);
        assertThat(server.getClientName()).isEqualTo("shop-1");
        assertThat(config.getUsername()).isEqualTo("shop");
        assertThat(config.getPassword()).isEqualTo("secret");
        assertThat(config.getSslTrustManagerFactory()).isNull();
    }

    @Test
    void shouldKeepDefaults() {
        Config config = config();
        SingleServerConfig server = servers(config, SingleServerConfig.class);
        assertThat(server.getAddress()).isEqualTo("redis://localhost:6379");
        assertThat(server.getTimeout()).isEqualTo(3_000);
        assertThat(server.getSubscriptionsPerConnection())
                .as("each lock that is waited for is a subscription")
                .isGreaterThan(1_000);
        assertThat(server.getClientName()).isNull();
        assertThat(config.getUsername()).isNull();
        assertThat(config.getPassword()).isNull();
        assertThat(config.isCheckLockSyncedSlaves())
                .as("a lock that no replica confirms is none")
                .isTrue();
    }

    @Test
    void shouldStaySmall() {
        Config config = config();
        SingleServerConfig server = servers(config, SingleServerConfig.class);
        assertThat(List.of(config.getThreads(), config.getNettyThreads())).containsExactly(2, 2);
        assertThat(config.isLazyInitialization()).isTrue();
        assertThat(config.getCodec()).isSameAs(StringCodec.INSTANCE);
        assertThat(server.getConnectionMinimumIdleSize()).isEqualTo(1);
        assertThat(server.getConnectionPoolSize()).isEqualTo(8);
        assertThat(server.getSubscriptionConnectionPoolSize()).isEqualTo(4);
    }

    @Test
    void shouldNameTheSentinels() {
        Config config = config(
                "spring.data.redis.sentinel.master=shop-master",
                "spring.data.redis.sentinel.nodes=a.example.org:26379,[::1]:26380",
                "spring.data.redis.sentinel.username=watcher",
                "spring.data.redis.sentinel.password=eyes",
                "spring.data.redis.username=shop",
                "spring.data.redis.password=secret",
                "spring.data.redis.database=2");
        SentinelServersConfig sentinels = servers(config, SentinelServersConfig.class);
        assertThat(sentinels.getMasterName()).isEqualTo("shop-master");
        assertThat(sentinels.getSentinelAddresses())
                .containsExactly("redis://a.example.org:26379", "redis://[::1]:26380");
        assertThat(sentinels.getSentinelUsername()).isEqualTo("watcher");
        assertThat(sentinels.getSentinelPassword()).isEqualTo("eyes");
        assertThat(sentinels.getDatabase()).isEqualTo(2);
        assertThat(config.getUsername()).isEqualTo("shop");
        assertThat(config.getPassword()).isEqualTo("secret");
        assertMastersOnly(sentinels);
    }

    @Test
    void shouldNameTheClustersNodes() {
        Config config = config("spring.data.redis.cluster.nodes=a:7000,b:7001", "spring.data.redis.password=secret");
        ClusterServersConfig cluster = servers(config, ClusterServersConfig.class);
        assertThat(cluster.getNodeAddresses()).containsExactly("redis://a:7000", "redis://b:7001");
        assertThat(config.getPassword()).isEqualTo("secret");
        assertMastersOnly(cluster);
    }

    @Test
    void shouldNameMasterAndReplicas() {
        Config config = config("spring.data.redis.masterreplica.nodes=a:7000,b:7001");
        ReplicatedServersConfig replicated = servers(config, ReplicatedServersConfig.class);
        assertThat(replicated.getNodeAddresses()).containsExactly("redis://a:7000", "redis://b:7001");
        assertMastersOnly(replicated);
    }

    @Test
    void shouldPutAnAddressInBrackets() {
        assertThat(servers(config("spring.data.redis.host=::1"), SingleServerConfig.class)
                        .getAddress())
                .isEqualTo("redis://[::1]:6379");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://shop:p%40ss@a:7000/4, redis://a:7000, shop, p@ss, 4",
        "rediss://shop:p%40ss@a:7000/4, rediss://a:7000, shop, p@ss, 4",
        "rediss://:secret@a:7000, rediss://a:7000, , secret, 0"
    })
    void shouldAcceptUrl(String url, String address, String username, String password, int database) {
        Config config = config("spring.data.redis.url=" + url);
        SingleServerConfig server = servers(config, SingleServerConfig.class);
        assertThat(server.getAddress()).isEqualTo(address);
        assertThat(server.getDatabase()).isEqualTo(database);
        assertThat(config.getUsername()).isEqualTo(username);
        assertThat(config.getPassword()).isEqualTo(password);
        assertThat(config.getSslVerificationMode()).isEqualTo(SslVerificationMode.STRICT);
    }

    @ParameterizedTest
    @CsvSource({
        "spring.data.redis.host=a",
        "spring.data.redis.cluster.nodes=a:6379",
        "spring.data.redis.masterreplica.nodes=a:6379",
        "spring.data.redis.sentinel.nodes=a:6379"
    })
    void shouldSpeakTlsToEveryTopology(String nodes) {
        Config config = config(
                nodes,
                nodes.contains("sentinel") ? "spring.data.redis.sentinel.master=m" : "unrelated=true",
                "spring.data.redis.ssl.enabled=true");
        assertThat(addresses(ConfigSupport.getConfig(config))).containsExactly("rediss://a:6379");
        assertThat(config.getSslTrustManagerFactory()).isNotNull();
    }

    @Test
    void shouldTrustSslBundle() {
        SslManagerBundle managers = SslManagerBundle.of(
                SslBundle.systemDefault().getManagers().getKeyManagerFactory(),
                SslBundle.systemDefault().getManagers().getTrustManagerFactory());
        SslOptions options = SslOptions.of(Set.of("TLS_AES_256_GCM_SHA384"), Set.of("TLSv1.3"));
        SslBundle bundle = SslBundle.of(SslStoreBundle.NONE, null, options, null, managers);
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SslAutoConfiguration.class))
                .withPropertyValues("spring.data.redis.ssl.bundle=ours")
                .withInitializer(context -> context.getBeanFactory()
                        .registerSingleton("bundles", new DefaultSslBundleRegistry("ours", bundle)))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(SslBundles.class);
                    Config config = RedissonConfigFactory.create(
                            context.getBean(DataRedisConnectionDetails.class),
                            context.getBean(DataRedisProperties.class));
                    assertThat(servers(config, SingleServerConfig.class).getAddress())
                            .startsWith("rediss://");
                    assertThat(config.getSslTrustManagerFactory()).isSameAs(managers.getTrustManagerFactory());
                    assertThat(config.getSslKeyManagerFactory()).isSameAs(managers.getKeyManagerFactory());
                    assertThat(config.getSslCiphers()).containsExactly("TLS_AES_256_GCM_SHA384");
                    assertThat(config.getSslProtocols()).containsExactly("TLSv1.3");
                });
    }

    @Test
    void shouldFitIntoTimeout() {
        BaseConfig<?> server = ConfigSupport.getConfig(
                config("spring.data.redis.timeout=800ms", "spring.data.redis.connect-timeout=300ms"));
        assertThat(server.getTimeout()).isEqualTo(800);
        assertThat(server.getConnectTimeout()).isEqualTo(300);
        long connecting = server.getConnectTimeout();
        for (int attempt = 1; attempt <= server.getRetryAttempts(); attempt++) {
            connecting += server.getConnectTimeout()
                    + server.getRetryDelay().calcDelay(attempt).toMillis();
        }
        assertThat(connecting).isLessThanOrEqualTo(800);
        assertThat(config("spring.data.redis.timeout=800ms").getSlavesSyncTimeout())
                .isEqualTo(160);
        assertThat(config("spring.data.redis.timeout=60s").getSlavesSyncTimeout())
                .isEqualTo(1_000);
    }

    private static void assertMastersOnly(BaseMasterSlaveServersConfig<?> servers) {
        assertThat(servers.getReadMode()).isEqualTo(ReadMode.MASTER);
        assertThat(servers.isSlaveNotUsed()).isTrue();
        assertThat(servers.getMasterConnectionMinimumIdleSize()).isEqualTo(1);
        assertThat(servers.getMasterConnectionPoolSize()).isEqualTo(8);
        assertThat(servers.getSubscriptionConnectionPoolSize()).isEqualTo(4);
    }

    private static List<String> addresses(BaseConfig<?> servers) {
        if (servers instanceof SentinelServersConfig sentinels) {
            return sentinels.getSentinelAddresses();
        }
        if (servers instanceof ClusterServersConfig cluster) {
            return cluster.getNodeAddresses();
        }
        if (servers instanceof ReplicatedServersConfig replicated) {
            return replicated.getNodeAddresses();
        }
        return List.of(((SingleServerConfig) servers).getAddress());
    }

    private static <T> T servers(Config config, Class<T> kind) {
        return kind.cast(ConfigSupport.getConfig(config));
    }

    private static Config config(String... properties) {
        Config[] config = new Config[1];
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(properties)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(RedissonClient.class);
                    config[0] = RedissonConfigFactory.create(
                            context.getBean(DataRedisConnectionDetails.class),
                            context.getBean(DataRedisProperties.class));
                });
        return config[0];
    }
}
