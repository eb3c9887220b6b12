package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.lettuce.core.KillArgs;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.announcement.CachingNode.Basket;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** How stale a read is that is answered from memory, while the network between the instance and the server is at fault. */
class StalenessTest {

    private static final Duration MAX_STALENESS = Duration.ofMillis(400);
    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(300);
    private static final Duration MEASURED =
            Duration.ofMillis(Long.getLong("sessiontracker.test.staleness.millis", 2_500));

    private final RedisServer server = RedisServer.launch();
    private final FaultProxy network = FaultProxy.to(server);
    private final CachingNode writer =
            CachingNode.local(server.newConnectionFactory(Duration.ofMinutes(1)), MAX_STALENESS);
    private final CachingNode reader = CachingNode.local(connections(), MAX_STALENESS);
    private final StalenessLog log = new StalenessLog();

    private LettuceConnectionFactory connections() {
        return RedisServers.awaitConnected(RedisServers.connect(
                new RedisStandaloneConfiguration(RedisServer.HOST, network.port()),
                client -> client.commandTimeout(COMMAND_TIMEOUT)));
    }

    enum Fault {
        NONE,
        DELAY {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                network.delay(Duration.ofMillis(60));
            }
        },
        RESET {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                network.cut();
            }
        },
        HANG_UP {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                network.hangUp();
            }
        },
        BLACK_HOLE {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                network.blackHole();
            }
        },
        HELD_REPLIES {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                network.holdReplies();
            }
        },
        HALF_OPEN {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                network.strand();
            }
        },
        SUBSCRIPTION_KILLED {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                server.call(redis -> redis.clientKill(KillArgs.Builder.typePubsub()));
            }
        },
        FROZEN_SERVER {
            @Override
            void begin(FaultProxy network, RedisServer server) {
                server.freeze();
            }

            @Override
            void end(FaultProxy network, RedisServer server) {
                server.thaw();
            }
        };

        void begin(FaultProxy network, RedisServer server) {}

        void end(FaultProxy network, RedisServer server) {
            network.restore();
        }
    }

    @AfterEach
    void stop() {
        network.restore();
        reader.close();
        writer.close();
        network.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldNeverExceedItsLimit(Fault fault) throws InterruptedException {
        writer.tracker.start(new Basket("b-1")).orElseThrow();
        reader.awaitHit("b-1");
        List<Thread> threads = Stream.<Runnable>of(this::write, this::read, this::read)
                .map(Thread::new)
                .toList();
        threads.forEach(Thread::start);
        long end = System.nanoTime() + MEASURED.toNanos();
        while (System.nanoTime() < end) {
            fault.begin(network, server);
            TimeUnit.MILLISECONDS.sleep(2 * MAX_STALENESS.toMillis());
            fault.end(network, server);
            TimeUnit.MILLISECONDS.sleep(MAX_STALENESS.toMillis());
        }
        log.end();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(fault + ": " + log + ", " + reader.hits + " from memory");

        assertThat(log.worst()).isLessThan(MAX_STALENESS);
        assertThat(reader.hits.get()).isPositive();
        reader.awaitHit("b-1");
    }

    /** Rests now and then, so that a change whose announcement was lost is not followed by others. */
    private void write() {
        while (log.isOpen()) {
            log.written(writer.tracker
                    .modify(Basket.class, "b-1", basket -> basket.items++)
                    .orElseThrow()
                    .items);
            pause(ThreadLocalRandom.current().nextInt(20) == 0 ? 2 * (int) MAX_STALENESS.toMillis() : 1);
        }
    }

    private void read() {
        while (log.isOpen()) {
            long from = System.nanoTime();
            try {
                log.read(from, reader.items("b-1"));
            } catch (SessionStoreException unknown) {
                // Nothing was read.
            }
            pause(0);
        }
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MICROSECONDS.sleep(1_000L * millis + 100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
