package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * One session and who watches it in this process. It is compared with the store when a watcher comes, after each announced change, and at
 * each interval: one comparison at a time. A watcher receives what was read after it came. What fails is
 * tried again at the next interval.
 */
final class WatchedSession {

    private final SessionAddress address;
    private final SessionDataProvider store;
    private final Duration interval;
    private final Consumer<WatchedSession> onEnd;

    // Guarded by this.
    private final List<WatcherCalls<?>> watchers = new ArrayList<>();
    private @Nullable StoredSession latest;
    private boolean reading;
    private boolean again;
    private boolean ended;
    private Future<?> timer = CompletableFuture.completedFuture(null);

    /**
     * Creates one that nobody watches.
     *
     * @param onEnd called when the last watcher has gone: from then on it takes none
     */
    WatchedSession(
            SessionAddress address, SessionDataProvider store, Duration interval, Consumer<WatchedSession> onEnd) {
        this.address = address;
        this.store = store;
        this.interval = interval;
        this.onEnd = onEnd;
    }

    SessionAddress address() {
        return address;
    }

    /** Adds a watcher; returns false if this has come to its end. */
    boolean add(WatcherCalls<?> watcher) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            watchers.add(watcher);
        }
        watcher.onClose(() -> remove(List.of(watcher)));
        compare();
        return true;
    }

    /** Compares the session with the store: at once, or again if that is being done. */
    void compare() {
        List<WatcherCalls<?>> asking;
        StoredSession known;
        synchronized (this) {
            if (reading) {
                again = true;
                return;
            }
            if (ended) {
                return;
            }
            timer.cancel(false);
            reading = true;
            again = false;
            asking = List.copyOf(watchers);
            known = latest;
        }
        var unused = read(known).whenComplete((reply, failure) -> onReply(asking, known, reply));
    }

    private CompletionStage<StoreReply> read(@Nullable StoredSession known) {
        try {
            return known == null
                    ? store.get(address, false)
                    : store.getIfChanged(address, known.version(), known.write(), false);
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    private void onReply(List<WatcherCalls<?>> asking, @Nullable StoredSession known, @Nullable StoreReply reply) {
        StoredSession stored = known;
        if (reply instanceof StoreReply.Done done) {
            stored = done.session();
        } else if (reply instanceof StoreReply.Unchanged unchanged && known != null) {
            stored = known.withExpiresAt(unchanged.expiresAt());
        } else if (reply != null) {
            stored = null;
        }
        if (stored != null && reply != null) {
            List<WatcherCalls<?>> others = new ArrayList<>();
            for (WatcherCalls<?> watcher : asking) {
                if (watcher.mayReceive(stored)) {
                    watcher.offer(stored);
                } else {
                    others.add(watcher);
                }
            }
            end(others);
        } else if (reply != null) {
            end(asking);
        }
        next(stored);
    }

    private void end(List<WatcherCalls<?>> ending) {
        if (!ending.isEmpty()) {
            ending.forEach(WatcherCalls::end);
            remove(ending);
        }
    }

    private void next(@Nullable StoredSession stored) {
        boolean now;
        synchronized (this) {
            latest = stored;
            reading = false;
            now = again;
            if (!now && !ended) {
                timer = BackgroundTasks.runAfter(interval.toMillis(), TimeUnit.MILLISECONDS, this::compare);
            }
        }
        if (now) {
            compare();
        }
    }

    private void remove(List<WatcherCalls<?>> gone) {
        synchronized (this) {
            watchers.removeAll(gone);
            if (!watchers.isEmpty() || ended) {
                return;
            }
            ended = true;
            timer.cancel(false);
        }
        onEnd.accept(this);
    }

    /** Ends all watches of it. */
    void stop() {
        List<WatcherCalls<?>> all;
        synchronized (this) {
            all = List.copyOf(watchers);
        }
        all.forEach(watcher -> watcher.fail(new CancellationException("The session tracker was stopped")));
        remove(all);
    }
}
