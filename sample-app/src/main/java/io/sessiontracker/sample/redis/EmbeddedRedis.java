package io.sessiontracker.sample.redis;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import redis.embedded.RedisServer;

/**
 * The Redis on the shop's default port. The first instance of the shop starts it, later ones use it; it stops with the instance
 * that started it. (A killed instance leaves it running, for the next one to use.)
 */
final class EmbeddedRedis implements DataRedisConnectionDetails, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
    private static final String HOST = "127.0.0.1";

    private final int port;
    private final @Nullable RedisServer server;

    private EmbeddedRedis(int port, @Nullable RedisServer server) {
        this.port = port;
        this.server = server;
    }

    static EmbeddedRedis startOrJoin(int port) throws IOException {
        if (isRunning(port)) {
            return join(port);
        }
        try {
            return start(port);
        } catch (IOException e) {
            // Another instance may have taken the port just now.
            if (isRunning(port)) {
                return join(port);
            }
            throw e;
        }
    }

    // One at a time: a server's unpacked binary cannot run while another thread, forking, has it open for writing.
    private static synchronized EmbeddedRedis start(int port) throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .bind(HOST)
                .port(port)
                .setting("save \"\"")
                .build();
        server.start();
        log.info(
                "Started an embedded Redis on {}:{}, as spring.data.redis.* names none; it ends with this instance",
                HOST,
                port);
        return new EmbeddedRedis(port, server);
    }

    private static EmbeddedRedis join(int port) {
        log.info("Using the embedded Redis on {}:{}; it ends with the instance that started it", HOST, port);
        return new EmbeddedRedis(port, null);
    }

    private static boolean isRunning(int port) {
        return switch (RedisProbe.probe(HOST, port)) {
            case REDIS -> true;
            case NOTHING -> false;
            case SOMETHING_ELSE ->
                throw new InvalidConfigurationPropertyValueException(
                        "shop.redis.port",
                        port,
                        "What listens on this port of %s is not a Redis that the shop can use. Name a free port,"
                                        .formatted(HOST)
                                + " or the Redis to use by spring.data.redis.url.");
        };
    }

    @Override
    public Standalone getStandalone() {
        return Standalone.of(HOST, port);
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.stop();
        }
    }
}
