package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.client.Masters;
import io.sessiontracker.redis.client.Masters.Master;
import io.sessiontracker.redis.client.MessageSubscription;
import io.sessiontracker.redis.script.AnnouncementScripts;
import io.sessiontracker.redis.script.AnnouncementScripts.Change;
import io.sessiontracker.redis.script.AnnouncementScripts.Heartbeat;
import io.sessiontracker.spi.SessionAnnouncements.Listener;
import io.sessiontracker.spi.support.BackgroundTasks;
import io.sessiontracker.spi.support.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Receives the changes that one server announces. A heartbeat is sent over the connection by which sessions are read and written, to a
 * channel that only this subscription listens to: once it is received, so is all that the server announced before it was sent. If the
 * connection was renewed meanwhile, it may lead to another server, which need not have all that the one before had: then everything
 * begins again.
 */
final class MasterSubscription implements MessageSubscription.Listener {

    /** After so many heartbeats that were not received, the connection that receives is taken for dead. */
    private static final int LOST_HEARTBEATS = 10;

    /** After that time a subscription that has not begun is tried anew. */
    private static final long BEGINNING_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final LettuceRunner runner;
    private final AnnouncementScripts scripts;
    private final Master master;
    private final Listener listener;
    private final Runnable beginning;
    private final byte[] heartbeats;
    private final MessageSubscription messages;
    private volatile @Nullable Moment confirmed;
    /** When the first of the heartbeats was sent that were not received. */
    private volatile @Nullable Moment unanswered;
    /** By which connection to the server the copies were read; guarded by {@link #messages}' lock. */
    private long connection;

    /**
     * Describes a subscription that begins with the first heartbeat.
     *
     * @param types whose changes it is to receive
     * @param beginning is notified whenever it begins, on the thread that receives
     */
    MasterSubscription(
            LettuceRunner runner,
            AnnouncementScripts scripts,
            Masters masters,
            Master master,
            Collection<String> types,
            Listener listener,
            Runnable beginning) {
        this.runner = runner;
        this.scripts = scripts;
        this.master = master;
        this.listener = listener;
        this.beginning = beginning;
        // A heartbeat takes the way of the sessions: its channel is in a slot of that server.
        this.heartbeats = Stream.generate(scripts::newHeartbeats)
                .filter(master::has)
                .findFirst()
                .orElseThrow();
        List<byte[]> channels = Stream.concat(
                        Stream.of(heartbeats), types.stream().flatMap(this::changes))
                .toList();
        this.messages = masters.subscription(master, "changes", this, channels);
    }

    private Stream<byte[]> changes(String type) {
        return scripts.changes(type).stream().filter(master::has);
    }

    /** Returns how old an announcement can be that was not received; {@link Long#MAX_VALUE} if that is not known. */
    long lagMillis() {
        Moment last = confirmed;
        return last == null ? Long.MAX_VALUE : last.ageMillis();
    }

    void add(String type) {
        messages.add(changes(type).toList());
        // What was confirmed before says nothing of this type.
        confirmed = null;
    }

    /**
     * Sends a heartbeat, or begins to receive.
     *
     * @return how many received it: none if the subscription has not begun
     */
    CompletionStage<Integer> beat(Moment since, long heartbeatMillis) {
        Moment now = Moment.now();
        Moment first = unanswered;
        long lost = messages.isListening() ? LOST_HEARTBEATS * heartbeatMillis : BEGINNING_MILLIS;
        if (first != null && first.ageMillis(now) > lost) {
            messages.restart();
            first = null;
        }
        if (first == null) {
            unanswered = now;
        }
        messages.ensure();
        return messages.isListening()
                ? runner.run(scripts.publish(heartbeats, new Heartbeat(runner.connects(), since, now)))
                : CompletableFuture.completedFuture(0);
    }

    @Override
    public void received(byte[] channel, byte[] message) {
        if (Arrays.equals(channel, heartbeats)) {
            confirm(Heartbeat.decode(message));
        } else {
            Change change = Change.decode(message);
            listener.changed(change.address(), change.version(), change.write());
        }
    }

    private void confirm(Heartbeat heartbeat) {
        unanswered = null;
        long now = runner.connects();
        if (heartbeat.connection() != now || connection != now) {
            confirmed = null;
            listener.missed();
            messages.restart();
            return;
        }
        confirmed = heartbeat.since();
        listener.confirmed(Duration.ofMillis(heartbeat.sent().ageMillis()));
    }

    @Override
    public void began() {
        connection = runner.connects();
        unanswered = null;
        confirmed = null;
        listener.missed();
        beginning.run();
    }

    void suspend() {
        messages.suspend();
        confirmed = null;
    }

    void resume() {
        messages.resume();
    }

    /** Ends it for good, without waiting for that. */
    void end() {
        messages.restart();
        BackgroundTasks.executor().execute(messages::close);
    }
}
