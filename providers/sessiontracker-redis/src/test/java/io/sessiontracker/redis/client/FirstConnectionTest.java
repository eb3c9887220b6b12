package io.sessiontracker.redis.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.lettuce.core.event.command.CommandFailedEvent;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.protocol.CommandType;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.redis.script.LuaScript;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.script.DigestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** While Redis hangs, calls share one attempt to connect, and no caller's thread waits for it. */
class FirstConnectionTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int CALLERS = 20;

    private final RedisServer server = RedisServer.launch();
    private final FaultProxy proxy = FaultProxy.to(server);

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    @Test
    void shouldShareOneAttemptAndHoldNoCallersThread() {
        LettuceConnectionFactory connections = connections(SOON);
        StoreProbe store = new StoreProbe(connections, RedisTopology.newNamespace());
        proxy.blackHole();

        List<CompletionStage<StoreReply>> calls = IntStream.range(0, CALLERS)
                .mapToObj(i -> store.provider.get(store.address, true))
                .toList();

        assertThat(calls).noneMatch(call -> call.toCompletableFuture().isDone());
        await().until(() -> proxy.acceptedConnections() > 0);
        proxy.cut();
        assertThat(calls).allSatisfy(FirstConnectionTest::assertFails);
        assertThat(proxy.acceptedConnections()).isLessThanOrEqualTo(2);
        proxy.restore();
        await().ignoreExceptions().until(() -> store.run(store.operations.get(store.address, true)) != null);
        connections.destroy();
    }

    @Test
    void shouldNotSendAbandonedCalls() {
        LettuceConnectionFactory connections = RedisServers.connect(
                new RedisStandaloneConfiguration(RedisServer.HOST, proxy.port()),
                client -> client.commandTimeout(Duration.ofMillis(300)));
        LettuceRunner runner = new LettuceRunner(connections);
        AwaitedConnection awaited = new AwaitedConnection(runner);

        CompletionStage<String> call = awaited.run(append("list", 1));

        assertThat(call)
                .failsWithin(SOON)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(SessionStoreException.class)
                .withMessageContaining("nothing was sent")
                .withCauseInstanceOf(DataAccessException.class);
        awaited.complete(runner.ready(), () -> {});
        await().ignoreExceptions()
                .until(() -> !StoreProbe.join(runner.run(append("later", 2))).isEmpty());
        assertThat(server.<String>call(redis -> redis.get("list"))).isNull();
        connections.destroy();
    }

    /** Calls that wait, calls that come while those are sent, and calls afterwards. */
    @Test
    void shouldSendInTheOrderOfTheCalls() {
        LettuceConnectionFactory connections = connections(SOON);
        LettuceRunner runner = new LettuceRunner(connections);
        int calls = 20_000;
        server.call(redis -> redis.scriptLoad(append("order", 0).script().text()));

        List<CompletionStage<String>> answers = IntStream.rangeClosed(1, calls)
                .mapToObj(i -> runner.run(append("order", i)))
                .toList();

        answers.forEach(FirstConnectionTest::join);
        assertThat(server.<String>call(redis -> redis.get("order")))
                .isEqualTo(IntStream.rangeClosed(1, calls)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining()));
        connections.destroy();
    }

    @Test
    void shouldValidateOffTheCallersThreads() {
        LettuceConnectionFactory connections = connections(SOON);
        connections.setValidateConnection(true);
        RedisSessionLockProvider locks = new RedisSessionLockProvider(connections, RedisTopology.newNamespace());
        HeldLock lock = ((LockReply.Acquired)
                        locks.acquire(request()).toCompletableFuture().join())
                .lock();
        proxy.blackHole();

        List<CompletableFuture<?>> calls = List.of(
                locks.acquire(request()).toCompletableFuture(),
                lock.extend(SOON).toCompletableFuture(),
                lock.release().toCompletableFuture());

        assertThat(calls).noneMatch(CompletableFuture::isDone);
        await().until(() -> {
            proxy.cut();
            return calls.stream().allMatch(CompletableFuture::isDone);
        });
        assertThat(calls).allSatisfy(FirstConnectionTest::assertFails);
        locks.close();
        connections.destroy();
    }

    @Test
    void shouldFailALockAfterOneTimeOut() {
        LettuceConnectionFactory connections = connections(Duration.ofSeconds(5));
        AtomicInteger failed = new AtomicInteger();
        connections.getRequiredNativeClient().addListener(new CommandListener() {
            @Override
            public void commandFailed(CommandFailedEvent event) {
                if (event.getCommand().getType() == CommandType.EVALSHA) {
                    failed.incrementAndGet();
                }
            }
        });
        RedisServers.awaitConnected(connections);
        RedisSessionLockProvider locks = new RedisSessionLockProvider(connections, RedisTopology.newNamespace());
        join(((LockReply.Acquired) join(locks.acquire(request()))).lock().release());
        failed.set(0); // the text of each script had to be sent
        proxy.blackHole();

        assertFails(locks.acquire(request()));

        assertThat(failed).as("the release is not waited for").hasValueLessThan(2);
        locks.close();
        connections.destroy();
    }

    private static LockRequest request() {
        return new LockRequest(
                new SessionAddress("checkout", "order-7"),
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofSeconds(1),
                false);
    }

    private LettuceConnectionFactory connections(Duration commandTimeout) {
        return RedisServers.connect(
                new RedisStandaloneConfiguration(RedisServer.HOST, proxy.port()),
                client -> client.commandTimeout(commandTimeout));
    }

    /** Answers how long it is. */
    private static ScriptCall<String> append(String key, int number) {
        String text = "redis.call('append', KEYS[1], ARGV[1]) return '' .. redis.call('strlen', KEYS[1])";
        return new ScriptCall<>(
                new LuaScript("append", "append", text, DigestUtils.sha1DigestAsHex(text)),
                key,
                List.of(key.getBytes(StandardCharsets.UTF_8)),
                List.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8)),
                reply -> new String(reply, StandardCharsets.UTF_8));
    }

    private static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFails(CompletionStage<?> call) {
        assertThat(call).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(SessionStoreException.class);
    }
}
