package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.sessiontracker.redis.client.LettuceRunner;
import io.sessiontracker.redis.client.Masters;
import io.sessiontracker.redis.script.AnnouncementScripts;
import io.sessiontracker.spi.SessionAnnouncements.Listener;
import io.sessiontracker.spi.SessionAnnouncements.Subscription;
import io.sessiontracker.spi.support.BackgroundTasks;
import io.sessiontracker.spi.support.Moment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives announced changes from all masters. Before each heartbeat a Cluster's masters are asked whether they still are what they were
 * when the subscription to them began: a slot that moves takes the announcements of its sessions elsewhere. If they are not, everything
 * begins again.
 */
final class ChangeSubscription implements Subscription {

    private static final Logger log = LoggerFactory.getLogger(ChangeSubscription.class);

    /** For so long after the last question heartbeats are sent. */
    private static final long IN_USE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How exactly it is known when the last question was asked. */
    private static final long ASKED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LettuceRunner runner;
    private final AnnouncementScripts scripts;
    private final long heartbeatMillis;
    private final Listener listener;
    private final Masters masters;
    private final Set<String> types = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicReference<@Nullable Moment> asking = new AtomicReference<>();
    private volatile long asked;
    private volatile boolean suspended;
    private volatile boolean failed;
    private volatile List<MasterSubscription> subscriptions = List.of();
    private Masters.@Nullable View subscribed;

    ChangeSubscription(LettuceRunner runner, AnnouncementScripts scripts, Duration heartbeat, Listener listener) {
        this.runner = runner;
        this.scripts = scripts;
        this.heartbeatMillis = heartbeat.toMillis();
        this.listener = listener;
        this.masters = runner.masters();
    }

    @Override
    public long lagMillis(String type) {
        if (suspended) {
            return Long.MAX_VALUE;
        }
        if (!types.contains(type)) {
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
        List<MasterSubscription> all = subscriptions;
        long lag = all.isEmpty() ? Long.MAX_VALUE : 0;
        for (MasterSubscription each : all) {
            lag = Math.max(lag, each.lagMillis());
        }
        return lag;
    }

    private synchronized void add(String type) {
        if (!types.contains(type)) {
            subscriptions.forEach(each -> each.add(type));
            types.add(type);
        }
    }

    private void beat() {
        if (suspended || System.nanoTime() - asked > IN_USE_NANOS) {
            beating.set(false);
            return;
        }
        var unused = BackgroundTasks.runAfter(heartbeatMillis, TimeUnit.MILLISECONDS, this::beat);
        askMasters();
    }

    /** Sends heartbeats once the masters have answered. One that does not may take longer than others need to replace it. */
    private void askMasters() {
        Moment now = Moment.now();
        Moment before = asking.get();
        boolean isAsking =
                before != null && before.ageMillis(now) < MasterSubscription.LOST_HEARTBEATS * heartbeatMillis;
        if (!isAsking && asking.compareAndSet(before, now)) {
            var unused = masters.view().whenComplete((view, failure) -> {
                if (asking.compareAndSet(now, null)) {
                    answered(view, failure, now);
                }
            });
        }
    }

    private void answered(Masters.@Nullable View view, @Nullable Throwable failure, Moment sent) {
        if (view == null) {
            noteFailure(failure);
            masters.refresh();
            return;
        }
        for (MasterSubscription each : subscriptionsTo(view)) {
            each.beat(sent, heartbeatMillis).whenComplete((receivers, refusal) -> noteFailure(refusal));
        }
    }

    private synchronized List<MasterSubscription> subscriptionsTo(Masters.View view) {
        if (!suspended && !view.equals(subscribed)) {
            List<MasterSubscription> replaced = subscriptions;
            subscriptions = view.masters().stream()
                    .map(master ->
                            new MasterSubscription(runner, scripts, masters, master, types, listener, this::beginSoon))
                    .toList();
            subscribed = view;
            listener.missed();
            replaced.forEach(MasterSubscription::end);
        }
        return subscriptions;
    }

    /** Lets a subscription that began be confirmed before the next heartbeat. */
    private void beginSoon() {
        BackgroundTasks.executor().execute(this::askMasters);
    }

    /** Logs a failure once, until a heartbeat is published. */
    private void noteFailure(@Nullable Throwable failure) {
        if (failure != null && !failed) {
            log.warn("Near caches ask Redis at each read until a heartbeat is published and received", failure);
        }
        failed = failure != null;
    }

    @Override
    public void suspend() {
        suspended = true;
        synchronized (this) {
            subscriptions.forEach(MasterSubscription::suspend);
        }
    }

    @Override
    public synchronized void resume() {
        subscriptions.forEach(MasterSubscription::resume);
        suspended = false;
    }
}
