package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The subscription's connection is a pool's, where there is one, and goes back before that is closed. */
class LockSubscriptionTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void shouldGiveItsConnectionBackToThePool() {
        try (RedisServer server = RedisServer.launch();
                GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean(LettuceConnectionFactory.class, () -> pooled(server));
            context.registerBean(
                    RedisSessionLockProvider.class,
                    () -> new RedisSessionLockProvider(
                            context.getBean(LettuceConnectionFactory.class), RedisTopology.newNamespace()));
            context.refresh();
            RedisSessionLockProvider locks = context.getBean(RedisSessionLockProvider.class);
            listen(locks);
            ListAppender<ILoggingEvent> log = logOfThePool();

            context.stop();
            assertThat(locks.isListening()).isFalse();
            context.start();
            listen(locks);
            context.close();

            assertThat(log.list).isEmpty();
        }
    }

    private static void listen(RedisSessionLockProvider locks) {
        LockReply.Acquired held =
                (LockReply.Acquired) acquire(locks, Duration.ZERO).join();
        CompletableFuture<LockReply> waiter = acquire(locks, HOUR);
        await().until(locks::isListening);
        waiter.cancel(true);
        held.lock().release().toCompletableFuture().join();
    }

    private static CompletableFuture<LockReply> acquire(RedisSessionLockProvider locks, Duration wait) {
        return locks.acquire(new LockRequest(
                        new SessionAddress("checkout", "order-7"), HOUR, wait, Duration.ofMillis(50), false))
                .toCompletableFuture();
    }

    private static ListAppender<ILoggingEvent> logOfThePool() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        ((Logger) LoggerFactory.getLogger(
                        "org.springframework.data.redis.connection.lettuce.LettucePoolingConnectionProvider"))
                .addAppender(log);
        return log;
    }

    private static LettuceConnectionFactory pooled(RedisServer server) {
        return new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(RedisServer.HOST, server.port()),
                LettucePoolingClientConfiguration.builder()
                        .shutdownTimeout(Duration.ZERO)
                        .build());
    }
}
