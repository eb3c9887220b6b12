package io.sessiontracker.redis.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A subscription of this process to channels, over one connection. It is opened when it is first needed, and stays. The driver renews it
 * when the connection breaks; messages published meanwhile are lost.
 */
public final class MessageSubscription {

    private static final Logger log = LoggerFactory.getLogger(MessageSubscription.class);

    /** Before the next attempt to subscribe. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LettuceConnectionFactory connections;
    private final Supplier<StatefulRedisPubSubConnection<byte[], byte[]>> connector;
    private final String purpose;
    private final Listener listener;
    private final List<byte[]> channels = new ArrayList<>();
    /** Those that were replaced and are to be closed, which may block. */
    private final List<Receiver> replaced = new ArrayList<>();

    private @Nullable Receiver receiver;
    private @Nullable Object client;
    private boolean connecting;
    private boolean failed;
    private long failedAt;
    private boolean closed;
    private boolean suspended;
    private volatile boolean listening;
    private volatile int beginnings;

    /** Is notified on the thread that receives; must not block. */
    public interface Listener {

        /** A message was received. */
        void received(byte[] channel, byte[] message);

        /** The subscription began, or was renewed: from now on messages are received, and earlier ones may be missing. */
        void began();
    }

    /**
     * Describes a subscription that is not opened yet.
     *
     * @param purpose what it is for, as in the name of its thread
     */
    public MessageSubscription(
            LettuceConnectionFactory connections, String purpose, Listener listener, byte[]... channels) {
        this(connections, () -> NodeConnections.connectPubSub(connections), purpose, listener, List.of(channels));
    }

    /** Describes one over connections that are made otherwise; they are made anew when the factory was stopped and started again. */
    MessageSubscription(
            LettuceConnectionFactory connections,
            Supplier<StatefulRedisPubSubConnection<byte[], byte[]>> connector,
            String purpose,
            Listener listener,
            List<byte[]> channels) {
        this.connections = connections;
        this.connector = connector;
        this.purpose = purpose;
        this.listener = listener;
        this.channels.addAll(channels);
    }

    /** Returns whether messages are received, as far as is known. */
    public boolean isListening() {
        return listening;
    }

    /** Returns how often the subscription began, or was renewed. */
    public int beginnings() {
        return beginnings;
    }

    /** Adds channels: the subscription begins again with the next {@link #ensure}, and receives nothing until then. */
    public synchronized void add(List<byte[]> added) {
        channels.addAll(added);
        restart();
    }

    /** Receives nothing from now on: the subscription begins again with the next {@link #ensure}. */
    public synchronized void restart() {
        listening = false;
        // The thread that opens one closes it after that, if it is not needed any more.
        if (receiver != null && !connecting) {
            replaced.add(receiver);
        }
        receiver = null;
    }

    /** Subscribes in the background, on a thread that ends then, unless it has or is about to. */
    public synchronized void ensure() {
        // A factory that was stopped and started again has another client, and the old one's connections are gone.
        boolean alive = receiver != null && client == connections.getNativeClient();
        boolean tooSoon = failed && System.nanoTime() - failedAt < RETRY_NANOS;
        if (!alive && !connecting && !tooSoon && !closed && !suspended) {
            restart();
            connecting = true;
            start(new Thread(this::connect, "sessiontracker-redis-" + purpose + "-subscribe"));
        }
    }

    private void start(Thread thread) {
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (Error noMoreThreads) {
            connecting = false;
            failed(noMoreThreads);
        }
    }

    private void connect() {
        Receiver opened = null;
        try {
            Object newClient = connections.getNativeClient();
            opened = open(connector.get(), newClient);
            opened.connection.addListener(opened);
            opened.connection.sync().subscribe(opened.channels);
        } catch (RuntimeException | Error e) {
            failed(e);
        } finally {
            connected(opened);
            closeReplaced();
        }
    }

    private synchronized Receiver open(
            StatefulRedisPubSubConnection<byte[], byte[]> connection, @Nullable Object newClient) {
        Receiver opened = new Receiver(connection, channels.toArray(byte[][]::new));
        receiver = closed || suspended ? null : opened;
        client = newClient;
        return opened;
    }

    /** Logs a failure once, until a subscription succeeds. */
    private synchronized void failed(Throwable cause) {
        if (!failed && !closed && !suspended) {
            log.warn("Cannot subscribe to messages of {}; trying again every second", purpose, cause);
        }
        failed = true;
        failedAt = System.nanoTime();
        restart();
    }

    private synchronized void connected(@Nullable Receiver opened) {
        connecting = false;
        if (opened != null && receiver != opened) {
            replaced.add(opened);
        }
    }

    /** Unsubscribes until {@link #resume}. */
    public void suspend() {
        synchronized (this) {
            suspended = true;
            restart();
        }
        closeReplaced();
    }

    /** Lets the subscription begin again. */
    public synchronized void resume() {
        suspended = false;
    }

    /** Unsubscribes for good. */
    public void close() {
        synchronized (this) {
            closed = true;
            restart();
        }
        closeReplaced();
    }

    /** Waits until the connections are closed. */
    private void closeReplaced() {
        List<Receiver> ended;
        synchronized (this) {
            ended = List.copyOf(replaced);
            replaced.clear();
        }
        for (Receiver each : ended) {
            try {
                each.connection.close();
            } catch (RuntimeException e) {
                log.debug("The subscription to messages of {} ended with its connection", purpose, e);
            }
        }
    }

    /** Receives over one connection, until another one takes its place. */
    private final class Receiver extends RedisPubSubAdapter<byte[], byte[]> {

        private final StatefulRedisPubSubConnection<byte[], byte[]> connection;
        private final byte[][] channels;

        Receiver(StatefulRedisPubSubConnection<byte[], byte[]> connection, byte[][] channels) {
            this.connection = connection;
            this.channels = channels;
        }

        /**
         * The driver subscribes to all channels by one command, at first and when it renews the connection: no message comes before the
         * last of them is confirmed.
         */
        @Override
        public void subscribed(byte[] channel, long count) {
            synchronized (MessageSubscription.this) {
                if (receiver == this && count == channels.length) {
                    failed = false;
                    beginnings++;
                    listening = true;
                    listener.began();
                }
            }
        }

        @Override
        public void message(byte[] channel, byte[] message) {
            synchronized (MessageSubscription.this) {
                if (receiver == this) {
                    listener.received(channel, message);
                }
            }
        }
    }
}
