package io.sessiontracker.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;

import io.sessiontracker.SessionTracker;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A running instance of the shop. The first two are shared by all tests of this JVM and end with it. */
public final class Shop implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one on a free port. */
    public static Shop start(String... arguments) {
        String[] all = Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                .toArray(String[]::new);
        return new Shop(new SpringApplicationBuilder(ShopApplication.class).run(all));
    }

    /** The instance that started the Redis. */
    public static Shop first() {
        return Shared.FIRST;
    }

    /** The instance that found it. */
    public static Shop second() {
        return Shared.SECOND;
    }

    /** A port that was free just now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RestTestClient client() {
        return RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port())
                .build();
    }

    public SessionTracker tracker() {
        return context.getBean(SessionTracker.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public boolean has(Class<?> type) {
        return context.getBeanNamesForType(type).length > 0;
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public int redisPort() {
        return context.getEnvironment().getRequiredProperty("shop.redis.port", Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Shared {
        static final String REDIS = "--shop.redis.port=" + freePort();
        static final Shop FIRST = start(REDIS);
        static final Shop SECOND = start(REDIS);
    }
}
