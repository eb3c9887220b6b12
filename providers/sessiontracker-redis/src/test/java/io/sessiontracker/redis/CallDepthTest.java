package io.sessiontracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Counts this project's own frames on the stack when the driver is called: no class may only repeat a method. */
class CallDepthTest {

    private static final String OURS = "io.sessiontracker.";
    private static final Lifetimes HOUR = new Lifetimes(3_600_000, 0, 0, 0);
    private static final SessionData DATA = new SessionData(Map.of(), new byte[0]);

    private final Thread caller = Thread.currentThread();
    private final List<List<String>> stacks = new CopyOnWriteArrayList<>();
    private final LettuceConnectionFactory connections = RedisServers.connect(
            RedisTopology.STANDALONE.servers().configuration(), client -> client.commandTimeout(Duration.ofMinutes(1)));
    private final RedisSessionDataProvider provider =
            new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), RedisTopology.newNamespace());
    private final SessionAddress address = new SessionAddress("checkout", "order-7");

    @AfterEach
    void stop() {
        connections.destroy();
    }

    @BeforeEach
    void recordCalls() {
        ((AbstractRedisClient) connections.getRequiredNativeClient()).addListener(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (Thread.currentThread() == caller) {
                    stacks.add(ownFrames());
                }
            }
        });
        awaitOwnCalls(() -> provider.get(new SessionAddress("checkout", "other"), true)
                .toCompletableFuture()
                .join());
    }

    /** The first calls wait for the connection, and are sent by the thread that connects. */
    private void awaitOwnCalls(Runnable call) {
        await().pollDelay(Duration.ZERO).pollInSameThread().until(() -> {
            call.run();
            return !stacks.isEmpty();
        });
        stacks.clear();
    }

    @Test
    void shouldReachTheDriverInFourFrames() {
        // The session lets the fast path suffice.
        OperationToken token = OperationToken.random();
        provider.start(address, List.of(token.newSessionId()), DATA, HOUR, token, false)
                .toCompletableFuture()
                .join();
        stacks.clear();

        provider.get(address, true).toCompletableFuture().join();
        provider.get(address, false, HOUR).toCompletableFuture().join();

        // The second call takes the fast path.
        assertThat(stacks).hasSize(2).allSatisfy(frames -> assertThat(frames).hasSizeLessThanOrEqualTo(4));
    }

    @Test
    void shouldReachTheDriverFromTheApiInNineFrames() {
        SessionTracker tracker = new SessionTrackerBuilder(
                        provider, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .buildIdle();
        tracker.start(new Order("order-7")).orElseThrow();
        stacks.clear();

        tracker.get(Order.class, "order-7").orElseThrow();

        assertThat(stacks).hasSize(1).allSatisfy(frames -> assertThat(frames).hasSizeLessThanOrEqualTo(9));
    }

    @Test
    void shouldLockThroughEightTypes() {
        RedisSessionLockProvider locks = new RedisSessionLockProvider(connections, RedisTopology.newNamespace());
        SessionTracker tracker = new SessionTrackerBuilder(provider, locks, new JacksonSessionCodec()).buildIdle();
        // The first lock records its provider.
        tracker.lock(Order.class, "order-7").orElseThrow().close();
        stacks.clear();
        awaitOwnCalls(() -> tracker.lock(Order.class, "order-7").orElseThrow().close());

        tracker.lock(Order.class, "order-7").orElseThrow();

        assertThat(stacks)
                .hasSize(1)
                .allSatisfy(frames -> assertThat(frames.stream()
                                .map(frame -> frame.substring(0, frame.lastIndexOf('.')))
                                .distinct())
                        .hasSizeLessThanOrEqualTo(8));
        locks.close();
    }

    static class Order extends Session {
        Order(String key) {
            super(key);
        }
    }

    private static List<String> ownFrames() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                        .filter(frame -> frame.getClassName().startsWith(OURS))
                        .filter(frame -> !frame.getClassName().startsWith(CallDepthTest.class.getName()))
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .toList());
    }
}
