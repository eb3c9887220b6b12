package io.sessiontracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.redis.client.ScriptRunner;
import io.sessiontracker.redis.script.ScriptCall;
import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The server carries out a change, its reply is lost with the connection, and the driver sends the change again, after others. */
class RedisLostReplyTest {

    private static RedisServer server;

    private final FaultProxy proxy = FaultProxy.to(server);
    private final LettuceConnectionFactory direct = server.newConnectionFactory(Duration.ofMinutes(1));
    private final LettuceConnectionFactory proxied = connectTo(proxy);
    private final StoreProbe theirs = new StoreProbe(direct, RedisTopology.newNamespace());
    private final StoreProbe ours = new StoreProbe(proxied, theirs.namespace);

    @BeforeAll
    static void launch() {
        server = RedisServer.launch();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        proxied.destroy();
        direct.destroy();
        proxy.close();
    }

    @Test
    void shouldKnowThatItsUpdateWasStored() {
        SessionVersion version = theirs.start(StoreProbe.AN_HOUR);

        StoreReply reply = runLosingTheReply(
                ours.updateOf(version, "b"), () -> theirs.run(theirs.updateOf(version.next(), "theirs")));

        assertThat(reply).isInstanceOf(StoreReply.Done.class);
        assertThat(theirs.stored(theirs.running()).version())
                .isEqualTo(version.next().next());
    }

    @Test
    void shouldKnowThatItsUpdateWasStoredAfterADeleteAndAnotherStart() {
        SessionVersion version = theirs.start(StoreProbe.AN_HOUR);

        StoreReply reply = runLosingTheReply(ours.updateOf(version, "b"), () -> {
            theirs.run(theirs.deleteOf(null));
            theirs.start(StoreProbe.AN_HOUR);
        });

        assertThat(reply).isInstanceOf(StoreReply.Done.class);
    }

    @Test
    void shouldNotTrustARefusalThatItCannotExplain() {
        SessionVersion version = theirs.start(StoreProbe.AN_HOUR);

        assertThatThrownBy(() -> runLosingTheReply(ours.updateOf(version, "b"), () -> {
                    SessionVersion current = version.next();
                    for (int i = 0; i < 4; i++) {
                        theirs.run(theirs.updateOf(current, "theirs"));
                        current = current.next();
                    }
                }))
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("it may have been done all the same");
        assertThat(ours.run(ours.updateOf(version, "c"))).isInstanceOf(StoreReply.VersionConflict.class);
    }

    @Test
    void shouldNotTrustTheRefusalOfADelete() {
        SessionVersion version = theirs.start(StoreProbe.AN_HOUR);

        assertThatThrownBy(
                        () -> runLosingTheReply(ours.deleteOf(version), () -> theirs.redis.delete(theirs.tombstones())))
                .hasCauseInstanceOf(SessionStoreException.class);
    }

    @Test
    void shouldAnswerAStartWithTheRunningSession() {
        theirs.start(StoreProbe.AN_HOUR);

        assertThat(runLosingTheReply(ours.startOf(StoreProbe.AN_HOUR), () -> {}))
                .isInstanceOf(StoreReply.InProgress.class);
    }

    @Test
    void shouldMakeAChangeOnce() {
        SessionTracker tracker = tracker(ours);
        SessionTracker others = tracker(theirs);
        others.start(new Basket("basket-1")).orElseThrow();

        CompletableFuture<SessionResult<Basket>> modified = CompletableFuture.supplyAsync(
                () -> tracker.modify(Basket.class, "basket-1", basket -> {
                    basket.items.add("ours");
                    proxy.holdReplies();
                }),
                OwnThread::run);
        proxy.awaitHeldReply();
        others.modify(Basket.class, "basket-1", basket -> basket.items.add("theirs"))
                .orElseThrow();
        proxy.hangUp();
        proxy.restore();

        assertThat(modified.join().isSuccess()).isTrue();
        assertThat(others.get(Basket.class, "basket-1").orElseThrow().items).containsExactly("ours", "theirs");
    }

    @Test
    void shouldNotMakeAChangeToAnotherSession() {
        SessionTracker tracker = tracker(theirs);
        tracker.start(new Basket("basket-1")).orElseThrow();

        SessionResult<Basket> modified = tracker.modify(Basket.class, "basket-1", basket -> {
            basket.items.add("ours");
            CompletableFuture.runAsync(
                            () -> {
                                tracker.delete(Basket.class, "basket-1").orElseThrow();
                                tracker.start(new Basket("basket-1")).orElseThrow();
                            },
                            OwnThread::run)
                    .join();
        });

        assertThat(modified.failure()).containsInstanceOf(SessionError.VersionConflict.class);
        assertThat(tracker.get(Basket.class, "basket-1").orElseThrow().items).isEmpty();
    }

    private StoreReply runLosingTheReply(ScriptCall<StoreReply> operation, Runnable others) {
        ours.run(ours.operations.getFinished(ours.address)); // connects
        server.call(redis -> redis.scriptLoad(operation.script().text()));
        proxy.holdReplies();
        CompletableFuture<StoreReply> reply =
                ScriptRunner.over(proxied).run(operation).toCompletableFuture();
        proxy.awaitHeldReply();
        others.run();
        proxy.hangUp();
        proxy.restore();
        return reply.join();
    }

    private static LettuceConnectionFactory connectTo(FaultProxy proxy) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(RedisServer.HOST, proxy.port()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofMinutes(1))
                        .build());
        factory.start();
        return factory;
    }

    private static SessionTracker tracker(StoreProbe store) {
        return new SessionTrackerBuilder(store.provider, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .buildIdle();
    }

    static class Basket extends Session {
        public List<String> items = new ArrayList<>();

        Basket(String key) {
            super(key);
        }
    }
}
