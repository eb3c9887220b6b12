package io.sessiontracker.autoconfigure.web;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Controllers get their session on both web stacks, and nothing of the request is bound to it. */
class WithSessionControllerTest {

    @ParameterizedTest
    @CsvSource({
        "SERVLET, value", "SERVLET, stage", "SERVLET, mono", "SERVLET, flux",
        "REACTIVE, value", "REACTIVE, stage", "REACTIVE, mono", "REACTIVE, flux"
    })
    void shouldPassSessionToHandler(WebApplicationType stack, String form) {
        try (var context = start(stack)) {
            for (String expected : List.of("1", "2")) {
                client(context)
                        .post()
                        // What a form field would be bound to.
                        .uri("/%s/order-1?properties[tenant]=bound&key=other".formatted(form))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .value(body -> assertThat(body).contains("visits " + expected));
            }
            assertThat(context.getBean(SessionTracker.class)
                            .peek(CheckoutSession.class, "order-1")
                            .orElseThrow()
                            .getProperties())
                    .containsExactly(java.util.Map.entry("visits", "2"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void shouldAnswerMissingSessionWithProblemDetail(WebApplicationType stack) {
        try (var context = start(stack)) {
            client(context)
                    .get()
                    .uri("/missing/order-1")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(404)
                    .expectHeader()
                    .contentType("application/problem+json");
        }
    }

    private static ConfigurableApplicationContext start(WebApplicationType stack) {
        return new SpringApplicationBuilder(App.class)
                .web(stack)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.application.name=shop",
                        "--spring.main.banner-mode=off",
                        "--session-tracker.store=memory",
                        "--session-tracker.web.problem-details=true");
    }

    private static RestTestClient client(ConfigurableApplicationContext context) {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @RestController
    static class Visits {

        @PostMapping("/value/{order}")
        @WithSession(key = "#order", start = true)
        String value(@PathVariable String order, CheckoutSession checkout) {
            return visit(checkout);
        }

        @PostMapping("/stage/{order}")
        @WithSession(key = "#order", start = true)
        CompletableFuture<String> stage(@PathVariable String order, CheckoutSession checkout) {
            return CompletableFuture.completedFuture(visit(checkout));
        }

        @PostMapping("/mono/{order}")
        @WithSession(key = "#order", start = true)
        Mono<String> mono(@PathVariable String order, CheckoutSession checkout) {
            return Mono.fromSupplier(() -> visit(checkout));
        }

        @PostMapping("/flux/{order}")
        @WithSession(key = "#order", start = true)
        Flux<String> flux(@PathVariable String order, CheckoutSession checkout) {
            return Flux.defer(() -> Flux.just(visit(checkout), "!"));
        }

        @GetMapping("/missing/{order}")
        @WithSession(key = "#order")
        Mono<String> missing(@PathVariable String order, CheckoutSession checkout) {
            return Mono.just(checkout.getKey());
        }

        private static String visit(CheckoutSession checkout) {
            String visits = checkout.getProperties().merge("visits", "1", (before, one) -> "2");
            return "visits " + visits;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = RedissonAutoConfigurationV4.class)
    @Import(Visits.class)
    static class App {}
}
