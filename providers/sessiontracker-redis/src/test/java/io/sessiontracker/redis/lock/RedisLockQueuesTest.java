package io.sessiontracker.redis.lock;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.client.MessageSubscription;
import io.sessiontracker.redis.script.KeyLayout;
import io.sessiontracker.redis.script.LockScripts;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.testing.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.redis.lock.LockSite.ADDRESS;
import static io.sessiontracker.redis.lock.LockSite.HOUR;
import static io.sessiontracker.redis.lock.LockSite.NAMESPACE;
import static io.sessiontracker.redis.lock.LockSite.isMarked;
import static org.awaitility.Awaitility.await;

/** Orders of events that come about by chance only, where a waiter would not be woken for ever. */
class RedisLockQueuesTest {

    private final RedisServer server = RedisServer.launch();
    private final LockSite site = new LockSite(server);
    private final LockScripts operations = new LockScripts(new KeyLayout(NAMESPACE));
    private final RedisLocks locks = new RedisLocks(operations, new LettuceRunner(site.connections));
    private final RedisLockQueues queues =
            new RedisLockQueues(locks, site.connections, operations.channel(), HOUR.toMillis());
    private final MessageSubscription wakeUps = queues.releases();
    private final String name = operations.name(ADDRESS);

    @BeforeEach
    void listen() {
        wakeUps.ensure();
        await().until(() -> wakeUps.isListening()
                && Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("sessiontracker-redis-locks-subscribe")));
    }

    @AfterEach
    void stop() {
        locks.close();
        wakeUps.close();
        site.close();
        server.close();
    }

    @Test
    void shouldNotMissAReleaseNotifiedBeforeTheRefusal() {
        RedisLockAcquisition<LockReply> refused = request();
        long before = queues.wakeUps(name);
        queues.received(operations.channel(), name.getBytes(StandardCharsets.UTF_8));
        queues.join(refused, HOUR.toMillis(), before);

        await().until(refused::isComplete);
    }

    @Test
    void shouldMarkTheLockForAWaiterThatCameDuringTheGrant() {
        RedisLockAcquisition<LockReply> first = request();
        RedisLockAcquisition<LockReply> second = request();
        locks.execute(() -> {
            queues.join(first, HOUR.toMillis(), queues.wakeUps(name) - 1);
            queues.join(second, HOUR.toMillis(), queues.wakeUps(name));
        });

        await().until(first::isComplete);
        await().until(() -> isMarked(server));
    }

    private RedisLockAcquisition<LockReply> request() {
        LockRequest request = new LockRequest(ADDRESS, HOUR, Duration.ofMinutes(1), HOUR, false);
        return new RedisLockAcquisition<>(locks, queues, request, new LockAlone(operations));
    }
}
