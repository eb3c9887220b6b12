package io.sessiontracker.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.stream.Stream;

import io.sessiontracker.SessionTracker;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

/** A running instance of the shop. All tests of this JVM share the first two. */
public final class Shop implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final RestTestClient client;

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port())
                .build();
    }

    /** Starts an instance on a free port. */
    public static Shop start(String... arguments) {
        String[] all = Stream.concat(Stream.of("--server.port=0"), Stream.of(arguments))
                .toArray(String[]::new);
        return new Shop(new SpringApplicationBuilder(ShopApplication.class).run(all));
    }

    /** Returns the instance that started Redis. */
    public static Shop first() {
        return Shared.FIRST;
    }

    /** Returns the instance that uses the first one's Redis. */
    public static Shop second() {
        return Shared.SECOND;
    }

    /** Returns a free port. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RestTestClientResponse get(String uri) {
        return answer(client.get().uri(uri));
    }

    public RestTestClientResponse post(String uri) {
        return answer(client.post().uri(uri));
    }

    public RestTestClientResponse post(String uri, Object body) {
        return answer(client.post().uri(uri).body(body));
    }

    public RestTestClientResponse put(String uri, Object body) {
        return answer(client.put().uri(uri).body(body));
    }

    /** Puts a resource if it still has this entity tag. */
    public RestTestClientResponse put(String uri, Object body, String ifMatch) {
        return answer(
                client.put().uri(uri).header(HttpHeaders.IF_MATCH, ifMatch).body(body));
    }

    public RestTestClientResponse delete(String uri) {
        return answer(client.delete().uri(uri));
    }

    /** Returns the entity tag of a response. */
    public static String entityTag(RestTestClientResponse response) {
        return Objects.requireNonNull(
                response.getExchangeResult().getResponseHeaders().getETag());
    }

    private static RestTestClientResponse answer(RestTestClient.RequestHeadersSpec<?> request) {
        return RestTestClientResponse.from(request.exchange());
    }

    public SessionTracker tracker() {
        return context.getBean(SessionTracker.class);
    }

    /** Returns a template for reading stored keys. */
    public StringRedisTemplate redis() {
        return context.getBean(StringRedisTemplate.class);
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Returns Actuator's port. */
    public int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    /** Sends a request to Actuator's port. */
    public RestTestClientResponse operate(String uri) {
        RestTestClient operator = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + managementPort() + "/actuator")
                .build();
        return answer(operator.get().uri(uri));
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
