package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

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
    private static final long USED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** For so many heartbeats the masters are waited for. */
    private static final int ANSWER_HEARTBEATS = 10;

    private final LettuceRunner runner;
    private final AnnouncementScripts scripts;
    private final long heartbeatMillis;
    private final Listener listener;
    private final Masters masters;
    private final Set<String> types = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean beating = new AtomicBoolean();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long lastUsed;
    private volatile boolean suspended;
    private volatile boolean failed;
    private volatile List<MasterSubscription> subscriptions = List.of();
    /** To whom; null if they may be others by now. */
    private Masters.@Nullable Topology subscribed;

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
        if (now - lastUsed > USED_NANOS) {
            lastUsed = now;
        }
        if (!beating.get() && beating.compareAndSet(false, true)) {
            lastUsed = now;
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
        if (suspended || System.nanoTime() - lastUsed > IN_USE_NANOS) {
            beating.set(false);
            return;
        }
        var unused = BackgroundTasks.runAfter(heartbeatMillis, TimeUnit.MILLISECONDS, this::beat);
        askMasters();
    }

    /** Sends heartbeats once the masters have answered. One that does not may have been replaced. */
    private void askMasters() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        Moment since = Moment.now();
        CompletableFuture<Masters.Topology> answer =
                CompletableFuture.completedFuture(masters).thenCompose(Masters::topology);
        Future<?> timeout = BackgroundTasks.runAfter(
                ANSWER_HEARTBEATS * heartbeatMillis,
                TimeUnit.MILLISECONDS,
                () -> answer.completeExceptionally(new TimeoutException("A master does not answer")));
        // Not on a thread of the driver, which must not wait for this object's lock.
        var unused = answer.whenCompleteAsync(
                (topology, failure) -> {
                    timeout.cancel(false);
                    asking.set(false);
                    answered(topology, failure, since);
                },
                BackgroundTasks.executor());
    }

    private void answered(Masters.@Nullable Topology topology, @Nullable Throwable failure, Moment since) {
        if (topology == null) {
            synchronized (this) {
                subscribed = null;
            }
            noteFailure(failure);
            masters.refresh();
            return;
        }
        List<CompletableFuture<Integer>> beats = subscriptionsTo(topology).stream()
                .map(each -> each.beat(since, heartbeatMillis).toCompletableFuture())
                .toList();
        var unused = CompletableFuture.allOf(beats.toArray(CompletableFuture[]::new))
                .whenComplete((done, refusal) -> {
                    if (refusal != null) {
                        noteFailure(refusal);
                    } else if (beats.stream().allMatch(beat -> beat.join() > 0)) {
                        failed = false;
                    }
                });
    }

    private synchronized List<MasterSubscription> subscriptionsTo(Masters.Topology topology) {
        if (!suspended && !topology.equals(subscribed)) {
            List<MasterSubscription> replaced = subscriptions;
            subscriptions = topology.masters().stream()
                    .map(master ->
                            new MasterSubscription(runner, scripts, masters, master, types, listener, this::beginSoon))
                    .toList();
            subscribed = topology;
            listener.missed();
            replaced.forEach(MasterSubscription::end);
        }
        return subscriptions;
    }

    /** Lets a subscription that began be confirmed before the next heartbeat. */
    private void beginSoon() {
        BackgroundTasks.executor().execute(this::askMasters);
    }

    /** Logs a failure once, until a heartbeat was received by all. */
    private void noteFailure(@Nullable Throwable failure) {
        if (!failed) {
            log.warn("Near caches ask Redis at each read until a heartbeat is published and received", failure);
        }
        failed = true;
    }

    @Override
    public void suspend() {
        List<MasterSubscription> all;
        synchronized (this) {
            suspended = true;
            all = subscriptions;
        }
        all.forEach(MasterSubscription::suspend);
    }

    @Override
    public synchronized void resume() {
        subscriptions.forEach(MasterSubscription::resume);
        suspended = false;
    }
}
