package io.sessiontracker.autoconfigure.web;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Problem details on both web stacks, over HTTP. */
class SessionProblemAdviceTest {

    private static final String ENABLED = "--session-tracker.web.problem-details=true";

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void shouldAnswerMissingSessionWithProblemDetail(WebApplicationType stack) {
        try (var context = start(stack, ENABLED)) {
            client(context)
                    .get()
                    .uri("/checkouts/order-1")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(404)
                    .expectHeader()
                    .contentType("application/problem+json")
                    .expectBody()
                    .json("""
                            {
                              "type": "urn:sessiontracker:problem:session-not-found",
                              "status": 404,
                              "detail": "There is no session checkout/order-1",
                              "sessionType": "checkout",
                              "key": "order-1"
                            }""");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void shouldAnswerStaleEntityTagWithFailedPrecondition(WebApplicationType stack) {
        try (var context = start(stack, ENABLED)) {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            tracker.start(new CheckoutSession("order-1")).orElseThrow();

            var request = client(context).get().uri("/stale-checkouts/order-1");
            request.exchange().expectStatus().isEqualTo(409);
            client(context)
                    .get()
                    .uri("/stale-checkouts/order-1")
                    .header("If-Match", "\"1\"")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(412);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void shouldAnswerFailedStoreWithoutItsCause(WebApplicationType stack) {
        try (var context = start(stack, ENABLED, "--session-tracker.web.problem-type=urn:shop:")) {
            client(context)
                    .get()
                    .uri("/broken")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectBody(Map.class)
                    .value(problem -> assertThatProblem(problem)
                            .containsEntry("type", "urn:shop:store-unavailable")
                            .doesNotContainValue("redis-7.internal"));
        }
    }

    @Test
    void shouldLeaveErrorsAloneUnlessAsked() {
        try (var context = start(WebApplicationType.SERVLET)) {
            client(context)
                    .get()
                    .uri("/checkouts/order-1")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(500);
        }
    }

    @SuppressWarnings("unchecked")
    private static org.assertj.core.api.MapAssert<String, Object> assertThatProblem(Map<?, ?> problem) {
        return org.assertj.core.api.Assertions.assertThat((Map<String, Object>) problem);
    }

    private static ConfigurableApplicationContext start(WebApplicationType stack, String... arguments) {
        return new SpringApplicationBuilder(App.class)
                .web(stack)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--server.address=127.0.0.1",
                                        "--spring.application.name=shop",
                                        "--spring.main.banner-mode=off",
                                        "--session-tracker.store=memory"),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static RestTestClient client(ConfigurableApplicationContext context) {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = RedissonAutoConfigurationV4.class)
    @Import(Checkouts.class)
    static class App {}

    @RestController
    record Checkouts(SessionTracker tracker) {

        @GetMapping("/checkouts/{key}")
        long read(@PathVariable String key) {
            return tracker.get(CheckoutSession.class, key).orElseThrow().getVersion();
        }

        @GetMapping("/stale-checkouts/{key}")
        long updateStaleCopy(@PathVariable String key) {
            CheckoutSession stale = tracker.get(CheckoutSession.class, key).orElseThrow();
            tracker.modify(CheckoutSession.class, key, checkout -> {}).orElseThrow();
            return tracker.update(stale).orElseThrow().getVersion();
        }

        @GetMapping("/broken")
        long fail() {
            throw new SessionStoreException("redis-7.internal does not answer", null);
        }
    }
}
