package io.sessiontracker.redis.announcement;

import java.time.Duration;

import io.lettuce.core.KillArgs;
import io.sessiontracker.testing.FaultProxy;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static io.sessiontracker.redis.announcement.StalenessRun.MAX_STALENESS;

/** How stale a read is that is answered from memory, while the network between the instance and the server is at fault. */
class StalenessTest {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(300);

    private final RedisServer server = RedisServer.launch();
    private final FaultProxy network = FaultProxy.to(server);
    private final CachingNode writer =
            CachingNode.local(server.newConnectionFactory(Duration.ofMinutes(1)), MAX_STALENESS);
    private final CachingNode reader = CachingNode.local(connections(), MAX_STALENESS);

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
        new StalenessRun(writer, reader)
                .assertNeverExceeded(
                        fault.name(), () -> fault.begin(network, server), () -> fault.end(network, server));
    }
}
