package io.sessiontracker.redis.lock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What one process of an application has of locks, over a test's own server. */
final class LockSite implements AutoCloseable {

    static final String NAMESPACE = "shop";
    static final SessionAddress ADDRESS = new SessionAddress("checkout", "order 7 {x} é");
    static final Duration HOUR = Duration.ofHours(1);
    static final String NAME = NAMESPACE + ":{checkout#" + ADDRESS.bucket() + "}:l:" + ADDRESS.key();

    static final String LAST_TOKEN = NAMESPACE + ":{checkout#" + ADDRESS.bucket() + "}:lt";

    final LettuceConnectionFactory connections;
    final RedisSessionLockProvider provider;

    /** Its waiters never look by themselves, except at a lease's end. */
    LockSite(RedisServer server) {
        this(server, HOUR, HOUR);
    }

    LockSite(RedisServer server, Duration commandTimeout, Duration lookAgainAfter) {
        connections = server.newConnectionFactory(commandTimeout);
        provider = new RedisSessionLockProvider(connections, NAMESPACE, lookAgainAfter);
    }

    CompletableFuture<LockReply> acquire(Duration lease, Duration wait, boolean renewed) {
        return provider.acquire(new LockRequest(ADDRESS, lease, wait, HOUR, renewed))
                .toCompletableFuture();
    }

    /** Long enough for any machine; a waiter that is never woken fails then. */
    CompletableFuture<LockReply> waits() {
        return acquire(HOUR, Duration.ofMinutes(1), false);
    }

    HeldLock take() {
        return held(acquire(HOUR, Duration.ZERO, false));
    }

    HeldLock takeRenewed(Duration lease) {
        return held(acquire(lease, Duration.ZERO, true));
    }

    static HeldLock held(CompletableFuture<LockReply> reply) {
        LockReply answer = reply.join();
        assertThat(answer).isInstanceOf(LockReply.Acquired.class);
        return ((LockReply.Acquired) answer).lock();
    }

    static void release(HeldLock lock) {
        lock.release().toCompletableFuture().join();
    }

    static void assertRefused(CompletableFuture<LockReply> reply) {
        assertThat(reply.join()).isEqualTo(new LockReply.Refused(LockStatus.CONFLICTED));
    }

    static void assertFails(CompletableFuture<?> stage, String message) {
        assertThatThrownBy(stage::join)
                .cause()
                .isInstanceOf(io.sessiontracker.SessionStoreException.class)
                .hasMessageContaining(ADDRESS.toString())
                .hasMessageContaining(message);
    }

    /** The keys on the server; without the record of the last token, which outlives the locks. */
    static List<String> keys(RedisServer server) {
        return server.<List<String>>call(redis -> redis.keys("*")).stream()
                .filter(key -> !key.endsWith(":lt"))
                .toList();
    }

    /** How often the server carried out that command, by itself or in a script. */
    static long calls(RedisServer server, String command) {
        return server.<String>call(redis -> redis.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                .sum();
    }

    /** How many listen on the namespace's channel. */
    static long listeners(RedisServer server) {
        return server.<Long>call(redis -> redis.pubsubNumsub(NAMESPACE + ":l").get(NAMESPACE + ":l"));
    }

    /** How many wait for the lock, at this server's knowledge: whether the value is marked. */
    static boolean isMarked(RedisServer server) {
        String value = server.call(redis -> redis.get(NAME));
        return value != null && value.endsWith("+");
    }

    @Override
    public void close() {
        provider.close();
        connections.destroy();
    }
}
