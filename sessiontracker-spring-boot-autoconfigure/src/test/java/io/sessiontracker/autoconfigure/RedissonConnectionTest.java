package io.sessiontracker.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Locks of an application that configures only {@code spring.data.redis.*}, over real connections. */
class RedissonConnectionTest {

    private final ApplicationContextRunner application = Applications.redis()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
            .withPropertyValues("spring.data.redis.timeout=20s");

    @ParameterizedTest
    @EnumSource
    void shouldLockOnEveryTopology(RedisTopology topology) {
        List<String> properties = new ArrayList<>(List.of("session-tracker.namespace=" + RedisTopology.newNamespace()));
        topology.servers().properties().forEach((name, value) -> properties.add(name + "=" + value));
        application.withPropertyValues(properties.toArray(String[]::new)).run(context -> {
            assertThat(context).hasNotFailed();
            assertLocks(context);
        });
    }

    @Test
    void shouldAuthenticateAtConfiguredDatabase() {
        try (RedisServer server = RedisServer.launch("user locker on >secret ~* &* +@all")) {
            application
                    .withPropertyValues(
                            "spring.data.redis.port=" + server.port(),
                            "spring.data.redis.username=locker",
                            "spring.data.redis.password=secret",
                            "spring.data.redis.client-name=shop-1",
                            "spring.data.redis.database=3")
                    .run(context -> {
                        assertThat(acquire(context).join()).isInstanceOf(LockReply.Acquired.class);
                        String clients = server.call(redis -> redis.clientList());
                        assertThat(clients.lines().filter(line -> line.contains(" name=shop-1 ")))
                                .isNotEmpty()
                                .allMatch(line -> line.contains(" user=locker ") && line.contains(" db=3 "));
                    });
        }
    }

    @Test
    void shouldNotAuthenticateWithWrongPassword() {
        try (RedisServer server = RedisServer.launch("requirepass secret")) {
            application
                    .withPropertyValues(
                            "spring.data.redis.port=" + server.port(),
                            "spring.data.redis.password=guess",
                            "spring.data.redis.timeout=1s")
                    .run(RedissonConnectionTest::assertUnreachable);
        }
    }

    @Test
    void shouldEncryptBySslBundle(@TempDir Path directory) throws Exception {
        try (RedisServer server = RedisServer.launch();
                TlsProxy proxy = new TlsProxy(directory, server.port())) {
            application
                    .withPropertyValues(
                            "spring.data.redis.host=127.0.0.1",
                            "spring.data.redis.port=" + proxy.port(),
                            "spring.data.redis.ssl.bundle=redis",
                            "spring.ssl.bundle.jks.redis.truststore.location=file:" + proxy.keyStore(),
                            "spring.ssl.bundle.jks.redis.truststore.password=" + TlsProxy.PASSWORD)
                    .run(context -> {
                        assertLocks(context);
                        assertThat(proxy.handshakes()).isPositive();
                    });
        }
    }

    @Test
    void shouldEncryptByUrlAndRefuseUnknownCertificate(@TempDir Path directory) throws Exception {
        try (RedisServer server = RedisServer.launch();
                TlsProxy proxy = new TlsProxy(directory, server.port())) {
            String rediss = "spring.data.redis.url=rediss://127.0.0.1:" + proxy.port();
            application
                    .withPropertyValues(rediss, "spring.data.redis.timeout=10s")
                    .run(context -> {
                        assertThatThrownBy(() -> acquire(context).join())
                                .hasStackTraceContaining("unable to find valid certification path");
                        assertThat(proxy.handshakes()).isZero();
                    });
            application
                    .withPropertyValues(
                            rediss,
                            "spring.data.redis.ssl.bundle=redis",
                            "spring.ssl.bundle.jks.redis.truststore.location=file:" + proxy.keyStore(),
                            "spring.ssl.bundle.jks.redis.truststore.password=" + TlsProxy.PASSWORD)
                    .run(RedissonConnectionTest::assertLocks);
        }
    }

    @Test
    void shouldStartWithoutRedisAndLockLater() {
        try (RedisServer server = RedisServer.launch()) {
            server.stop();
            application
                    .withPropertyValues("spring.data.redis.port=" + server.port(), "spring.data.redis.timeout=500ms")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertUnreachable(context);
                        server.start();
                        await().ignoreExceptions().untilAsserted(() -> assertLocks(context));
                        server.stop();
                        assertUnreachable(context);
                        server.start();
                        await().ignoreExceptions().untilAsserted(() -> assertLocks(context));
                    });
        }
    }

    private static void assertUnreachable(AssertableApplicationContext context) {
        assertThatThrownBy(() -> acquire(context).join()).hasCauseInstanceOf(SessionStoreException.class);
    }

    private static void assertLocks(AssertableApplicationContext context) {
        LockReply reply = acquire(context).join();
        assertThat(reply).isInstanceOf(LockReply.Acquired.class);
        ((LockReply.Acquired) reply).lock().release().toCompletableFuture().join();
    }

    private static CompletableFuture<LockReply> acquire(AssertableApplicationContext context) {
        return context.getBean(SessionLockProvider.class)
                .acquire(new LockRequest(
                        new SessionAddress("checkout", "order-7"),
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        Duration.ofMillis(50),
                        false))
                .toCompletableFuture();
    }
}
