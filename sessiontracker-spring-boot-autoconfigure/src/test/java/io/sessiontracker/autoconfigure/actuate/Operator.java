package io.sessiontracker.autoconfigure.actuate;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.assertj.RestTestClientResponse;

/** An application with a web server, and a client of its endpoint. */
final class Operator implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final RestTestClient client;

    private Operator(ConfigurableApplicationContext context) {
        this.context = context;
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        this.client = RestTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port + "/actuator")
                .build();
    }

    /** Starts an application with these properties. */
    static Operator of(String... properties) {
        String[] all = Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "server.address=127.0.0.1",
                                "spring.application.name=shop",
                                "spring.main.banner-mode=off",
                                "session-tracker.store=memory"),
                        Stream.of(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
        return new Operator(new SpringApplicationBuilder(App.class).run(all));
    }

    static Operator exposed(String... properties) {
        return of(Stream.concat(Stream.of("management.endpoints.web.exposure.include=*"), Stream.of(properties))
                .toArray(String[]::new));
    }

    SessionTracker tracker() {
        return bean(SessionTracker.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    RestTestClientResponse get(String uri, Object... variables) {
        return answer(client.get().uri(uri, variables));
    }

    RestTestClientResponse post(String uri) {
        return answer(client.post().uri(uri));
    }

    RestTestClientResponse post(String uri, Map<String, ?> body) {
        return answer(client.post().uri(uri).body(body));
    }

    RestTestClientResponse delete(String uri, Object... variables) {
        return answer(client.delete().uri(uri, variables));
    }

    private static RestTestClientResponse answer(RestTestClient.RequestHeadersSpec<?> request) {
        return RestTestClientResponse.from(request.exchange());
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = CheckoutSession.class)
    @EnableAutoConfiguration(exclude = RedissonAutoConfigurationV4.class)
    static class App {}
}
