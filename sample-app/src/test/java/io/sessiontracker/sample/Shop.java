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

/** A running instance of the shop. The first two are shared by all tests of this JVM and end with it. */
public final class Shop implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final RestTestClient client;

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port())
                .build();
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

    /** Puts it if the resource still has this entity tag. */
    public RestTestClientResponse put(String uri, Object body, String ifMatch) {
        return answer(
                client.put().uri(uri).header(HttpHeaders.IF_MATCH, ifMatch).body(body));
    }

    public RestTestClientResponse delete(String uri) {
        return answer(client.delete().uri(uri));
    }

    /** The entity tag of an answer. */
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

    /** For looking at what is stored. */
    public StringRedisTemplate redis() {
        return context.getBean(StringRedisTemplate.class);
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Where the shop is watched. */
    public int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    /** Asks as an operator. */
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
