package io.sessiontracker.redis.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * Connects to single nodes of a Cluster as the application's factory does, each time anew; the caller closes the connection. What Lettuce
 * knows of a node is where it is: not the user's name and password, and not whether to use TLS.
 */
final class NodeConnections {

    /** Of the configuration, if it has them. */
    private static final RedisCredentialsProviderFactory NAME_AND_PASSWORD = new RedisCredentialsProviderFactory() {};

    private final LettuceConnectionFactory connections;
    private @Nullable RedisClient client;
    private boolean closed;

    NodeConnections(LettuceConnectionFactory connections) {
        this.connections = connections;
    }

    StatefulRedisConnection<byte[], byte[]> connect(RedisURI node) {
        return open().connect(ByteArrayCodec.INSTANCE, withSettings(node));
    }

    StatefulRedisPubSubConnection<byte[], byte[]> connectPubSub(RedisURI node) {
        return open().connectPubSub(ByteArrayCodec.INSTANCE, withSettings(node));
    }

    /** Connects to where the factory leads: its server, the master that Sentinel names, or any node of a Cluster. */
    static StatefulRedisPubSubConnection<byte[], byte[]> connectPubSub(LettuceConnectionFactory connections) {
        AbstractRedisClient client = connections.getRequiredNativeClient();
        return client instanceof RedisClusterClient cluster
                ? cluster.connectPubSub(ByteArrayCodec.INSTANCE)
                : ((RedisClient) client).connectPubSub(ByteArrayCodec.INSTANCE);
    }

    private RedisURI withSettings(RedisURI node) {
        LettuceClientConfiguration settings = connections.getClientConfiguration();
        RedisURI.Builder uri = RedisURI.Builder.redis(node.getHost(), node.getPort())
                .withTimeout(Duration.ofMillis(connections.getTimeout()))
                .withSsl(settings.isUseSsl())
                .withStartTls(settings.isStartTls())
                .withVerifyPeer(settings.getVerifyMode());
        settings.getClientName().ifPresent(uri::withClientName);
        RedisClusterConfiguration cluster = connections.getClusterConfiguration();
        if (cluster != null) {
            uri.withAuthentication(settings.getRedisCredentialsProviderFactory()
                    .orElse(NAME_AND_PASSWORD)
                    .createCredentialsProvider(cluster));
        }
        return uri.build();
    }

    private synchronized RedisClient open() {
        if (closed) {
            throw new IllegalStateException("The store is closed");
        }
        RedisClient known = client;
        RedisClusterClient cluster = (RedisClusterClient) connections.getRequiredNativeClient();
        // A factory that was stopped and started again may have other resources.
        if (known == null || known.getResources() != cluster.getResources()) {
            shutdown();
            known = RedisClient.create(cluster.getResources());
            ClientOptions.Builder options = connections
                    .getClientConfiguration()
                    .getClientOptions()
                    .orElseGet(ClientOptions::create)
                    .mutate();
            known.setOptions(ClientOptions.copyOf(options.build()));
            client = known;
        }
        return known;
    }

    /** Closes all connections to nodes, for good. */
    synchronized void close() {
        closed = true;
        shutdown();
    }

    private void shutdown() {
        if (client != null) {
            client.shutdown(0, 0, TimeUnit.SECONDS);
            client = null;
        }
    }
}
