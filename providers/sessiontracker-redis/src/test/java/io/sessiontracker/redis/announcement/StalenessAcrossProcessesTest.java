package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.KillArgs;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.process.WorkerProcess;
import io.sessiontracker.redis.announcement.CachingNode.Basket;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How stale a read is after a process was stopped for a while, or its server was replaced by another. */
class StalenessAcrossProcessesTest {

    private static final Duration MAX_STALENESS = Duration.ofMillis(400);

    private final RedisServer server = RedisServer.launch();
    private final StalenessLog log = new StalenessLog();

    @AfterEach
    void stop() {
        server.close();
    }

    private static CachingNode node(RedisServer server) {
        return CachingNode.local(server.newConnectionFactory(Duration.ofMinutes(1)), MAX_STALENESS);
    }

    @Test
    void shouldBeLimitedAfterAProcessWasStopped() throws InterruptedException {
        try (CachingNode writer = node(server)) {
            writer.tracker.start(new Basket("b-1")).orElseThrow();
            try (WorkerProcess reader = new WorkerProcess(
                    ReadingMain.class,
                    List.of(Integer.toString(server.port()), Long.toString(MAX_STALENESS.toMillis()), "b-1"))) {
                assertThat(reader.ask("read 1")).isNotBlank();
                Thread writing = new Thread(() -> write(writer));
                writing.start();
                for (int i = 0; i < 3; i++) {
                    reader.send("read 20000");
                    TimeUnit.MILLISECONDS.sleep(50);
                    reader.freeze();
                    TimeUnit.MILLISECONDS.sleep(3 * MAX_STALENESS.toMillis());
                    reader.thaw();
                    note(reader.answer());
                }
                log.end();
                writing.join();
            }
        }
        System.out.println("stopped process: " + log);

        assertThat(log.worst()).isLessThan(MAX_STALENESS);
    }

    private void note(String answer) {
        String[] words = answer.split(" ");
        for (int i = 0; i < words.length - 1; i++) {
            String[] read = words[i].split(":");
            log.read(Long.parseLong(read[0]), Long.parseLong(read[1]));
        }
        assertThat(Integer.parseInt(words[words.length - 1])).as("hits").isPositive();
    }

    private void write(CachingNode writer) {
        while (log.isOpen()) {
            log.written(writer.tracker
                    .modify(Basket.class, "b-1", basket -> basket.items++)
                    .orElseThrow()
                    .items);
            Thread.onSpinWait();
        }
    }

    /**
     * @param isSubscribedToOld whether the subscription stays with the old master, which becomes a replica of the new one, and so passes
     *     on what is published there
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldForgetWhatAFailOverLost(boolean isSubscribedToOld) throws InterruptedException {
        try (RedisServer replica = RedisServer.launch();
                FaultProxy network = FaultProxy.to(server);
                CachingNode old = node(server);
                CachingNode next = node(replica);
                CachingNode reader = CachingNode.local(
                        RedisServers.awaitConnected(RedisServers.connect(
                                new RedisStandaloneConfiguration(RedisServer.HOST, network.port()),
                                client -> client.commandTimeout(Duration.ofMillis(500)))),
                        MAX_STALENESS)) {
            replicate(old, replica);
            for (int i = 0; i < 5; i++) {
                old.add("b-1");
            }
            await().until(() -> reader.items("b-1") == 5);
            assertThat(reader.awaitHit("b-1").items).isEqualTo(5);

            network.redirect(replica);
            next.add("b-1");
            if (isSubscribedToOld) {
                server.call(redis -> redis.clientKill(KillArgs.Builder.typeNormal()));
                server.call(redis -> redis.replicaof(RedisServer.HOST, replica.port()));
            } else {
                network.cut();
            }
            long changed = System.nanoTime();
            long staleUntil = changed;
            for (long items = 5; items != 1; ) {
                long from = System.nanoTime();
                items = read(reader);
                staleUntil = items == 5 ? from : staleUntil;
            }
            assertThat(Duration.ofNanos(staleUntil - changed)).isLessThan(MAX_STALENESS);
            assertThat(reader.awaitHit("b-1").items).isOne();
        }
    }

    /** Returns what is read, or 0 while the connection is being renewed. */
    private static long read(CachingNode reader) {
        try {
            return reader.items("b-1");
        } catch (SessionStoreException reconnecting) {
            return 0;
        }
    }

    /** Lets the replica have the session as it is started, and nothing of what follows. */
    private void replicate(CachingNode master, RedisServer replica) {
        replica.call(redis -> redis.replicaof(RedisServer.HOST, server.port()));
        master.tracker.start(new Basket("b-1")).orElseThrow();
        await().until(() -> replica.<Long>call(redis -> redis.dbsize()) >= 1);
        replica.call(redis -> redis.replicaofNoOne());
    }
}
