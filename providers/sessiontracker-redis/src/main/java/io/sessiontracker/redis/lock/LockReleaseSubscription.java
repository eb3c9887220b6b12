package io.sessiontracker.redis.lock;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * This process's one subscription to a namespace's lock releases. It is opened for the first waiter, and stays. The driver renews it
 * when the connection breaks; messages published meanwhile are lost.
 */
final class LockReleaseSubscription implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LockReleaseSubscription.class);

    /** Before the next attempt to subscribe. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LettuceConnectionFactory connections;
    private final byte[] channel;
    private @Nullable RedisConnection connection;
    private @Nullable Object client;
    private boolean connecting;
    private boolean failed;
    private long failedAt;
    private boolean closed;
    private boolean suspended;
    private volatile boolean listening;
    private volatile int beginnings;

    LockReleaseSubscription(LettuceConnectionFactory connections, byte[] channel) {
        this.connections = connections;
        this.channel = channel;
    }

    boolean isListening() {
        return listening;
    }

    /** Returns how often the subscription began. */
    int beginnings() {
        return beginnings;
    }

    /** Subscribes in the background, on a thread that ends then, unless it has or is about to. */
    synchronized void ensure(RedisLockQueues queues) {
        // A factory that was stopped and started again has another client, and the old one's connections are gone.
        boolean alive = listening && client == connections.getNativeClient();
        boolean tooSoon = failed && System.nanoTime() - failedAt < RETRY_NANOS;
        if (!alive && !connecting && !tooSoon && !closed && !suspended) {
            connecting = true;
            listening = false;
            Thread thread = new Thread(() -> connect(queues), "sessiontracker-redis-locks-subscribe");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void connect(RedisLockQueues queues) {
        try {
            Object newClient = connections.getNativeClient();
            RedisConnection subscribed = connections.getConnection();
            subscribed.subscribe(
                    (message, pattern) -> queues.wake(new String(message.getBody(), StandardCharsets.UTF_8)), channel);
            if (accept(subscribed, newClient)) {
                queues.wakeAll();
            } else {
                subscribed.close();
            }
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            connected();
        }
    }

    /** Logs a failure once, until a subscription succeeds. */
    private synchronized void failed(RuntimeException cause) {
        if (!failed && !closed) {
            log.warn(
                    "Cannot subscribe to lock releases; waiters for locks retry at intervals until it succeeds", cause);
        }
        failed = true;
        failedAt = System.nanoTime();
    }

    private synchronized boolean accept(RedisConnection subscribed, @Nullable Object newClient) {
        if (!closed && !suspended) {
            connection = subscribed;
            client = newClient;
            failed = false;
            beginnings++;
            listening = true;
        }
        return !closed && !suspended;
    }

    private synchronized void connected() {
        connecting = false;
    }

    /** Unsubscribes until {@link #resume}. */
    synchronized void suspend() {
        suspended = true;
        end();
    }

    synchronized void resume() {
        suspended = false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        listening = false;
        if (connection != null) {
            try {
                connection.close();
            } catch (RuntimeException e) {
                log.debug("The subscription ended with its connection", e);
            }
            connection = null;
        }
    }
}
