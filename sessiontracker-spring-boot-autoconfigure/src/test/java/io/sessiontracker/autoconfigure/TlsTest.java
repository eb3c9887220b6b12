package io.sessiontracker.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A tracker over TLS, by settings of Spring Boot alone: each connection of each driver is encrypted, and verified. */
class TlsTest {

    private final ApplicationContextRunner application = Applications.redis()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
            .withUserConfiguration(Applications.Known.class)
            .withPropertyValues(
                    "session-tracker.namespace=tls",
                    "session-tracker.types.checkout.near-cache.mode=local",
                    "spring.data.redis.timeout=10s");

    @ParameterizedTest
    @CsvSource({"redisson, bundle", "redisson, url", "redis, bundle", "redis, url"})
    void shouldEncryptEachConnection(String locks, String by, @TempDir Path directory) throws Exception {
        try (RedisServer server = RedisServer.launch();
                TlsProxy proxy = new TlsProxy(directory, server.port())) {
            application
                    .withPropertyValues("session-tracker.lock.provider=" + locks)
                    .withPropertyValues(settings(by, proxy))
                    .run(context -> {
                        SessionTracker tracker = context.getBean(SessionTracker.class);
                        tracker.start(new CheckoutSession("order-1")).orElseThrow();
                        tracker.modify(CheckoutSession.class, "order-1", checkout -> {})
                                .orElseThrow();
                        tracker.getLocked(CheckoutSession.class, "order-1")
                                .orElseThrow()
                                .close();
                        await().untilAsserted(() ->
                                tracker.peek(CheckoutSession.class, "order-1").orElseThrow());
                        assertThat(tracker.count(CheckoutSession.class)).isOne();
                        long connections =
                                server.call(redis -> redis.clientList()).lines().count();
                        assertThat(connections)
                                .as("the encrypted ones, and the one that asks")
                                .isBetween(3L, proxy.handshakes() + 1L);
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redisson", "redis"})
    void shouldRefuseAnotherHostsCertificate(String locks, @TempDir Path directory) throws Exception {
        try (RedisServer server = RedisServer.launch();
                TlsProxy proxy = new TlsProxy(directory, server.port(), "dns:other.example")) {
            application
                    .withPropertyValues("session-tracker.lock.provider=" + locks, "spring.data.redis.timeout=3s")
                    .withPropertyValues(settings("bundle", proxy))
                    .run(context -> {
                        SessionTracker tracker = context.getBean(SessionTracker.class);
                        assertThatExceptionOfType(SessionStoreException.class)
                                .isThrownBy(() -> tracker.get(CheckoutSession.class, "order-1"))
                                .withStackTraceContaining("No subject alternative names matching IP address 127.0.0.1");
                        assertThatExceptionOfType(SessionStoreException.class)
                                .isThrownBy(() -> tracker.lock(
                                        CheckoutSession.class,
                                        "order-1",
                                        LockOptions.defaults().withWait(Duration.ZERO)));
                        assertThat(server.call(redis -> redis.dbsize()).longValue())
                                .isZero();
                    });
        }
    }

    private static String[] settings(String by, TlsProxy proxy) {
        List<String> settings = new ArrayList<>(List.of(
                "spring.data.redis.ssl.bundle=redis",
                "spring.ssl.bundle.jks.redis.truststore.location=file:" + proxy.keyStore(),
                "spring.ssl.bundle.jks.redis.truststore.password=" + TlsProxy.PASSWORD));
        if (by.equals("url")) {
            settings.add("spring.data.redis.url=rediss://127.0.0.1:" + proxy.port());
        } else {
            settings.add("spring.data.redis.host=127.0.0.1");
            settings.add("spring.data.redis.port=" + proxy.port());
        }
        return settings.toArray(String[]::new);
    }
}
