package io.sessiontracker.autoconfigure.actuate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches all that an application says of itself, while as much as possible fails: logs, exceptions, the beans' texts, endpoints, meters
 * and spans.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    private static final String PASSWORD = "pass-of-the-store";
    private static final String GUESS = "guess-of-the-password";
    private static final String KEY =
            Base64.getEncoder().encodeToString("32 bytes of a key that is secret".getBytes(StandardCharsets.US_ASCII));
    private static final List<String> SECRETS = List.of(PASSWORD, GUESS, KEY, PaymentSession.SECRET, "Linden");

    /** Where an application says something, and what it says there that is no secret: so each of these is searched. */
    private enum Place {
        LOG("payment/payment-1"),
        EXCEPTION("payment/payment-1"),
        ENDPOINT("payment-1"),
        METER("session.tracker"),
        SPAN("start payment"),
        BEAN("shop");

        private final String found;

        Place(String found) {
            this.found = found;
        }
    }

    private final Map<Place, List<String>> said = new EnumMap<>(Place.class);

    @ParameterizedTest
    @ValueSource(strings = {"redis", "redisson"})
    void nothingShouldShowASecret(String locks, CapturedOutput output) throws Exception {
        try (RedisServer server = RedisServer.launch("requirepass " + PASSWORD);
                RedisClient client =
                        RedisClient.create("redis://:" + PASSWORD + "@" + RedisServer.HOST + ":" + server.port())) {
            String lock = "--session-tracker.lock.provider=" + locks;
            try (ConfigurableApplicationContext plain = start(server, PASSWORD, lock)) {
                use(plain, client, false);
            }
            client.connect().sync().flushall();
            try (ConfigurableApplicationContext encrypted = start(
                    server,
                    PASSWORD,
                    lock,
                    "--session-tracker.encryption.active=k1",
                    "--session-tracker.encryption.keys.k1=" + KEY)) {
                use(encrypted, client, true);
                server.stop();
                failing(encrypted);
                search(encrypted);
            }
            server.start();
            try (ConfigurableApplicationContext refused = start(server, GUESS, lock)) {
                failing(refused);
                search(refused);
            }
        }
        says(Place.LOG, output.getAll());

        for (Place place : Place.values()) {
            assertThat(said.get(place))
                    .as(place.name())
                    .anyMatch(text -> text.contains(place.found))
                    .noneMatch(text -> SECRETS.stream().anyMatch(text::contains));
        }
    }

    private void says(Place place, Object text) {
        said.computeIfAbsent(place, first -> new ArrayList<>()).add(text.toString());
    }

    private void use(ConfigurableApplicationContext context, RedisClient client, boolean isEncrypted) throws Exception {
        SessionTracker tracker = context.getBean(SessionTracker.class);
        PaymentSession first = tracker.start(new PaymentSession("payment-1")).orElseThrow();
        tracker.modify(PaymentSession.class, "payment-1", payment -> payment.amount++)
                .orElseThrow();
        attempt(() -> tracker.update(first).orElseThrow());
        attempt(() -> tracker.start(new PaymentSession("payment-1")).orElseThrow());
        attempt(() -> tracker.modify(PaymentSession.class, "payment-1", payment -> {
            throw new IllegalStateException("The application's own");
        }));
        attempt(() -> tracker.query(PaymentSession.class).where("tenant is").page());
        attempt(() -> tracker.start(large()));
        tracker.lock(PaymentSession.class, "payment-1").orElseThrow().close();
        search(context);
        damage(client, isEncrypted);
        failing(context);
        attempt(() -> tracker.query(PaymentSession.class).page());
        search(context);
    }

    private static PaymentSession large() {
        PaymentSession large = new PaymentSession("payment-2");
        large.street = "Unter den Linden ".repeat(100_000);
        return large;
    }

    /** Changes what is stored: a number becomes a text that is secret, or a byte another one. */
    private static void damage(RedisClient client, boolean isEncrypted) {
        var redis = client.connect(ByteArrayCodec.INSTANCE).sync();
        for (byte[] key : redis.keys("*:r:*")) {
            byte[] value = redis.get(key);
            if (isEncrypted) {
                value[value.length - 1] ^= 1;
            } else {
                String text = new String(value, StandardCharsets.ISO_8859_1)
                        .replace("\"amount\":13.5", "\"amount\":\"Linden\"");
                value = text.getBytes(StandardCharsets.ISO_8859_1);
            }
            redis.set(key, value);
        }
    }

    private void failing(ConfigurableApplicationContext context) {
        SessionTracker tracker = context.getBean(SessionTracker.class);
        attempt(() -> tracker.get(PaymentSession.class, "payment-1").orElseThrow());
        attempt(() -> tracker.modify(PaymentSession.class, "payment-1", payment -> payment.amount++)
                .orElseThrow());
        attempt(() -> tracker.start(new PaymentSession("payment-3")).orElseThrow());
        attempt(() -> tracker.lock(
                        PaymentSession.class,
                        "payment-1",
                        LockOptions.defaults().withWait(Duration.ZERO))
                .orElseThrow());
        attempt(() -> tracker.count(PaymentSession.class));
    }

    private void attempt(Supplier<?> call) {
        try {
            var unused = call.get();
        } catch (RuntimeException failure) {
            says(Place.EXCEPTION, text(failure));
        }
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text + " " + Arrays.toString(failure.getSuppressed());
    }

    private void search(ConfigurableApplicationContext context) throws Exception {
        for (String path : List.of(
                "sessiontracker",
                "sessiontracker/payment",
                "sessiontracker/payment/payment-1",
                "health",
                "env",
                "configprops",
                "beans",
                "metrics")) {
            says(Place.ENDPOINT, get(context, "/actuator/" + path));
        }
        context.getBean(MeterRegistry.class)
                .getMeters()
                .forEach(meter -> says(Place.METER, meter.getId() + " " + meter.measure()));
        context.getBean(InMemorySpanExporter.class).getFinishedSpanItems().forEach(span -> says(Place.SPAN, span));
        Stream.of(context.getBeanDefinitionNames())
                .map(context::getBean)
                .filter(bean -> bean.getClass().getName().startsWith("io.sessiontracker"))
                .forEach(bean -> says(Place.BEAN, bean));
    }

    private static String get(ConfigurableApplicationContext context, String path) throws Exception {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static ConfigurableApplicationContext start(RedisServer server, String password, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--spring.application.name=shop",
                "--spring.data.redis.host=" + RedisServer.HOST,
                "--spring.data.redis.port=" + server.port(),
                "--spring.data.redis.password=" + password,
                "--spring.data.redis.timeout=1s",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--management.tracing.sampling.probability=1",
                "--logging.level.io.sessiontracker=trace"));
        all.addAll(List.of(settings));
        return new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.SERVLET)
                .run(all.toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = RedissonAutoConfigurationV4.class)
    static class Shop {

        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }

        @Bean
        SpanProcessor spans(InMemorySpanExporter exporter) {
            return SimpleSpanProcessor.create(exporter);
        }
    }
}
