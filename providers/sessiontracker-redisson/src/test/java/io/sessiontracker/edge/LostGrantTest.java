package io.sessiontracker.edge;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.redisson.RedissonClients;
import io.sessiontracker.redisson.RedissonSessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.api.RedissonClient;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A lock that was granted, whose reply is lost, and whose caller has cancelled by then. */
class LostGrantTest {

    private static final String NAMESPACE = "cinema";
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final LockOptions AN_HOUR = LockOptions.lease(Duration.ofHours(1));

    private final RedisServer server = RedisServer.launch();
    private final FaultProxy proxy = FaultProxy.to(server);
    /** Connections for sessions, which bypass the proxy. */
    private final LettuceConnectionFactory direct = server.newConnectionFactory(Duration.ofMinutes(1));

    private final LettuceConnectionFactory proxied = RedisServers.connect(
            new RedisStandaloneConfiguration(RedisServer.HOST, proxy.port()),
            client -> client.commandTimeout(Duration.ofMinutes(1)));
    private final RedissonClient redisson = RedissonClients.withShortTimeoutsTo(proxy.node());
    private final RedisSessionLockProvider own = new RedisSessionLockProvider(proxied, NAMESPACE);

    private enum Provider {
        REDIS,
        REDISSON
    }

    private enum Ending {
        CANCELLED,
        TIMED_OUT,
        INTERRUPTED
    }

    @AfterEach
    void stop() {
        own.close();
        redisson.shutdown();
        proxied.destroy();
        direct.destroy();
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "REDIS, CANCELLED",
        "REDIS, TIMED_OUT",
        "REDIS, INTERRUPTED",
        "REDISSON, CANCELLED",
        "REDISSON, TIMED_OUT",
        "REDISSON, INTERRUPTED"
    })
    void shouldBeReleasedAnyway(Provider kind, Ending ending) throws InterruptedException {
        SessionLockProvider provider = provider(kind);
        ClosableSessionTracker tracker = new SessionTrackerBuilder(
                        new RedisSessionDataProvider(RedisSessionDataProvider.template(direct), NAMESPACE),
                        provider,
                        new JacksonSessionCodec())
                .buildIdle();
        tracker.lock(Seat.class, "connects").orElseThrow().close();

        proxy.holdReplies();
        CompletableFuture<?> answered = new CompletableFuture<>();
        Thread caller = new Thread(() -> call(tracker, answered));
        if (ending == Ending.INTERRUPTED) {
            caller.start();
        }
        CompletableFuture<?> asked =
                ending == Ending.INTERRUPTED ? answered : tracker.async().lock(Seat.class, "seat-1", AN_HOUR);
        await().atMost(MAX_WAIT).until(() -> !locks().isEmpty());
        proxy.awaitHeldReply();
        switch (ending) {
            case CANCELLED -> assertThat(asked.cancel(true)).isTrue();
            case TIMED_OUT ->
                assertThat(asked.completeExceptionally(new TimeoutException())).isTrue();
            case INTERRUPTED -> {
                caller.interrupt();
                caller.join();
                assertThatThrownBy(asked::join).hasCauseInstanceOf(SessionTrackerException.class);
            }
        }
        proxy.cut();
        proxy.restore();

        await().atMost(MAX_WAIT).untilAsserted(() -> assertThat(locks()).isEmpty());
        tracker.close();
    }

    private static void call(ClosableSessionTracker tracker, CompletableFuture<?> result) {
        try {
            tracker.lock(Seat.class, "seat-1", AN_HOUR).orElseThrow();
            result.complete(null);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private SessionLockProvider provider(Provider kind) {
        return kind == Provider.REDIS ? own : new RedissonSessionLockProvider(redisson, NAMESPACE);
    }

    private List<String> locks() {
        return server.call(redis -> redis.keys("*:l*:seat-1"));
    }

    static class Seat extends Session {
        Seat(String key) {
            super(key);
        }
    }
}
