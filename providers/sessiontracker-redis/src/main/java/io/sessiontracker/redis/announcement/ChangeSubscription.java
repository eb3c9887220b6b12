package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.client.MessageSubscription;
import io.sessiontracker.redis.script.AnnouncementScripts;
import io.sessiontracker.redis.script.AnnouncementScripts.Change;
import io.sessiontracker.redis.script.AnnouncementScripts.Heartbeat;
import io.sessiontracker.spi.SessionAnnouncements.Listener;
import io.sessiontracker.spi.SessionAnnouncements.Subscription;
import io.sessiontracker.spi.support.BackgroundTasks;
import io.sessiontracker.spi.support.Moment;
import io.sessiontracker.spi.support.RandomIds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives announced changes. A heartbeat is sent over the connection by which sessions are read and written, to a channel that only this
 * subscription listens to: once it is received, so is all that the server announced before it was sent. If the connection was renewed
 * meanwhile, it may lead to another server, which need not have all that the one before had: then everything begins again.
 */
final class ChangeSubscription implements Subscription, MessageSubscription.Listener {

    private static final Logger log = LoggerFactory.getLogger(ChangeSubscription.class);

    /** For so long after the last question heartbeats are sent. */
    private static final long IN_USE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How exactly it is known when the last question was asked. */
    private static final long ASKED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** After so many heartbeats that were not received, the connection that receives is taken for dead. */
    private static final int LOST_HEARTBEATS = 10;

    private final LettuceRunner runner;
    private final AnnouncementScripts scripts;
    private final long heartbeatMillis;
    private final Listener listener;
    private final byte[] heartbeats;
    private final MessageSubscription messages;
    private final Map<String, byte[]> types = new ConcurrentHashMap<>();
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile long asked;
    private volatile boolean suspended;
    private volatile @Nullable Moment confirmed;
    private volatile Moment received = Moment.now();
    private volatile boolean failed;
    /** By which connection to the server the copies were read; guarded by {@link #messages}' lock. */
    private long connection;

    ChangeSubscription(LettuceRunner runner, AnnouncementScripts scripts, Duration heartbeat, Listener listener) {
        this.runner = runner;
        this.scripts = scripts;
        this.heartbeatMillis = heartbeat.toMillis();
        this.listener = listener;
        this.heartbeats = scripts.heartbeats(RandomIds.next());
        this.messages = new MessageSubscription(runner.connections(), "changes", this, heartbeats);
    }

    @Override
    public long lagMillis(String type) {
        if (suspended) {
            return Long.MAX_VALUE;
        }
        if (!types.containsKey(type)) {
            add(type);
        }
        long now = System.nanoTime();
        if (now - asked > ASKED_NANOS) {
            asked = now;
        }
        if (!beating.get() && beating.compareAndSet(false, true)) {
            asked = now;
            BackgroundTasks.executor().execute(this::beat);
        }
        Moment last = confirmed;
        return last == null ? Long.MAX_VALUE : last.ageMillis();
    }

    private synchronized void add(String type) {
        if (!types.containsKey(type)) {
            byte[] channel = scripts.changes(type);
            messages.add(channel);
            // What was confirmed before says nothing of this type.
            confirmed = null;
            types.put(type, channel);
        }
    }

    private void beat() {
        if (suspended || System.nanoTime() - asked > IN_USE_NANOS) {
            beating.set(false);
            return;
        }
        var unused = BackgroundTasks.runAfter(heartbeatMillis, TimeUnit.MILLISECONDS, this::beat);
        if (messages.isListening() && received.ageMillis() > LOST_HEARTBEATS * heartbeatMillis) {
            messages.restart();
        }
        messages.ensure();
        publish();
    }

    private void publish() {
        if (messages.isListening()) {
            Heartbeat heartbeat = new Heartbeat(runner.connects(), Moment.now());
            var unused = runner.run(scripts.publish(heartbeats, heartbeat))
                    .whenComplete((receivers, failure) -> published(failure));
        }
    }

    /** Logs a failure once, until a heartbeat is published. */
    private void published(@Nullable Throwable failure) {
        if (failure != null && !failed) {
            log.warn("Near caches ask Redis at each read until a heartbeat is published and received", failure);
        }
        failed = failure != null;
    }

    @Override
    public void received(byte[] channel, byte[] message) {
        if (Arrays.equals(channel, heartbeats)) {
            confirm(Heartbeat.decode(message));
        } else {
            types.forEach((type, changes) -> {
                if (Arrays.equals(channel, changes)) {
                    Change change = Change.decode(type, message);
                    listener.changed(change.address(), change.version(), change.write());
                }
            });
        }
    }

    private void confirm(Heartbeat heartbeat) {
        received = Moment.now();
        long now = runner.connects();
        if (heartbeat.connection() != now || connection != now) {
            confirmed = null;
            listener.missed();
            messages.restart();
            return;
        }
        confirmed = heartbeat.sent();
        listener.confirmed(Duration.ofMillis(heartbeat.sent().ageMillis()));
    }

    @Override
    public void began() {
        connection = runner.connects();
        received = Moment.now();
        confirmed = null;
        listener.missed();
        BackgroundTasks.executor().execute(this::publish);
    }

    @Override
    public void suspend() {
        suspended = true;
        messages.suspend();
        confirmed = null;
    }

    @Override
    public void resume() {
        messages.resume();
        suspended = false;
    }
}
