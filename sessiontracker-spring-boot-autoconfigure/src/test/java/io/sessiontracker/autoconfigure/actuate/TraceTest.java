package io.sessiontracker.autoconfigure.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Operations are spans of the caller's OpenTelemetry trace, in each API. */
class TraceTest {

    private static final String KEY = "key-of-a-customer";
    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

    private static RedisServer redis;
    private static ConfigurableApplicationContext servlet;
    private static ConfigurableApplicationContext reactive;

    @BeforeAll
    static void start() {
        redis = RedisServer.launch();
        servlet = start(WebApplicationType.SERVLET);
        reactive = start(WebApplicationType.REACTIVE);
    }

    @AfterAll
    static void stop() {
        reactive.close();
        servlet.close();
        redis.close();
    }

    @BeforeEach
    void forget() {
        redis.call(commands -> commands.flushall());
        SPANS.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "async", "reactive"})
    void shouldBePartOfServletRequest(String api) {
        request(servlet, "/" + api + "/" + KEY);

        SpanData request = only(span -> span.getKind() == SpanKind.SERVER);
        assertIsChild("start", request);
        if (!api.equals("async")) {
            assertIsChild("modify", request);
        }
    }

    @Test
    void shouldBePartOfReactiveRequestOnAnyThread() {
        request(reactive, "/reactive/" + KEY);

        SpanData request = only(span -> span.getKind() == SpanKind.SERVER);
        assertIsChild("start", request);
        assertIsChild("modify", request);
    }

    @Test
    void shouldBePartOfCallersSpanForFutures() {
        observed(() -> servlet.getBean(AsyncSessionTracker.class)
                .start(new CheckoutSession(KEY))
                .join());

        assertIsChild("start", only(span -> span.getName().equals("checkout")));
    }

    @Test
    void shouldBePartOfSubscribersSpanOnAnyThread() {
        Mono<SessionResult<CheckoutSession>> call =
                servlet.getBean(ReactiveSessionTracker.class).start(new CheckoutSession(KEY));
        observed(() -> call.subscribeOn(Schedulers.parallel()).contextCapture().block());

        assertIsChild("start", only(span -> span.getName().equals("checkout")));
    }

    private static void request(ConfigurableApplicationContext context, String uri) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .build()
                .post()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static void observed(Runnable code) {
        Observation.createNotStarted("checkout", servlet.getBean(ObservationRegistry.class))
                .observe(code);
    }

    private static void assertIsChild(String operation, SpanData parent) {
        SpanData span = only(it -> it.getName().equals(operation + " checkout"));
        assertThat(span.getTraceId()).isEqualTo(parent.getTraceId());
        assertThat(span.getParentSpanId()).isEqualTo(parent.getSpanId());
        assertThat(span.getAttributes().asMap().entrySet().stream()
                        .collect(Collectors.toMap(it -> it.getKey().getKey(), it -> it.getValue())))
                .isEqualTo(Map.of("type", "checkout", "operation", operation, "outcome", "success"));
    }

    /** Waits for the span, which is reported after the response. */
    private static SpanData only(Predicate<SpanData> which) {
        await().untilAsserted(() ->
                assertThat(SPANS.getFinishedSpanItems()).filteredOn(which).hasSize(1));
        return SPANS.getFinishedSpanItems().stream().filter(which).findFirst().orElseThrow();
    }

    private static ConfigurableApplicationContext start(WebApplicationType web) {
        return new SpringApplicationBuilder(Shop.class)
                .web(web)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--spring.application.name=shop",
                        "--spring.data.redis.host=" + RedisServer.HOST,
                        "--spring.data.redis.port=" + redis.port(),
                        "--management.tracing.sampling.probability=1");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = RedissonAutoConfigurationV4.class)
    static class Shop {

        /** Exports at once; Spring Boot would export in batches. */
        @Bean
        SpanProcessor spans() {
            return SimpleSpanProcessor.create(SPANS);
        }

        @Bean
        Handlers handlers(SessionTracker tracker, AsyncSessionTracker async, ReactiveSessionTracker reactive) {
            return new Handlers(tracker, async, reactive);
        }
    }

    @RestController
    record Handlers(SessionTracker tracker, AsyncSessionTracker async, ReactiveSessionTracker reactive) {

        @PostMapping("/blocking/{key}")
        void blocking(@PathVariable String key) {
            tracker.start(new CheckoutSession(key)).orElseThrow();
            tracker.modify(CheckoutSession.class, key, checkout -> {}).orElseThrow();
        }

        @PostMapping("/async/{key}")
        CompletableFuture<Long> async(@PathVariable String key) {
            return async.start(new CheckoutSession(key))
                    .thenApply(it -> it.orElseThrow().getVersion());
        }

        @PostMapping("/reactive/{key}")
        Mono<Long> reactive(@PathVariable String key) {
            return reactive.start(new CheckoutSession(key))
                    .map(SessionResult::orElseThrow)
                    .flatMap(started -> reactive.modify(CheckoutSession.class, key, checkout -> {}))
                    .map(changed -> changed.orElseThrow().getVersion());
        }
    }
}
