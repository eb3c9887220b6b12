package io.sessiontracker.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import io.sessiontracker.Session;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** The calls of one watcher: one at a time, on a worker. A state that was not delivered yet is replaced by the next. */
final class WatcherCalls<S extends Session> implements SessionWatch {

    private final SessionAddress address;
    private final Function<StoredSession, S> copies;
    private final SessionWatcher<? super S> watcher;
    private final Executor workers;
    private final SessionEvents events;

    // Guarded by this.
    private @Nullable StoredSession offered;
    private @Nullable StoredSession next;
    private @Nullable Runnable last;
    private boolean running;
    private boolean closed;
    private Runnable onClose = () -> {};

    WatcherCalls(
            SessionAddress address,
            Function<StoredSession, S> copies,
            SessionWatcher<? super S> watcher,
            Executor workers,
            SessionEvents events) {
        this.address = address;
        this.copies = copies;
        this.watcher = watcher;
        this.workers = workers;
        this.events = events;
    }

    /** Returns whether the session is one of its owner's, if it has one. */
    boolean mayReceive(StoredSession stored) {
        return address.isOf(stored.data().properties());
    }

    /** Sets what to do when no more calls are wanted; does it at once if that is so already. */
    void onClose(Runnable action) {
        synchronized (this) {
            onClose = action;
            if (!closed) {
                return;
            }
        }
        action.run();
    }

    /** Calls the watcher with a state, unless it is the one that it received last. */
    void offer(StoredSession stored) {
        synchronized (this) {
            if (closed || last != null || isOffered(stored)) {
                return;
            }
            offered = stored;
            next = stored;
        }
        run();
    }

    private boolean isOffered(StoredSession stored) {
        return offered != null
                && offered.version().equals(stored.version())
                && offered.write().equals(stored.write());
    }

    /** Calls the watcher's {@code onEnd} after what was offered. */
    void end() {
        endWith(watcher::onEnd);
    }

    /** Calls the watcher's {@code onFailure} after what was offered. */
    void fail(RuntimeException failure) {
        endWith(() -> watcher.onFailure(failure));
    }

    private void endWith(Runnable call) {
        synchronized (this) {
            if (closed || last != null) {
                return;
            }
            last = call;
        }
        run();
    }

    private void run() {
        synchronized (this) {
            if (running) {
                return;
            }
            running = true;
        }
        try {
            workers.execute(this::callAll);
        } catch (RejectedExecutionException rejected) {
            close();
            report("A session is not watched any more", rejected);
        }
    }

    private void callAll() {
        for (Runnable call = nextCall(); call != null; call = nextCall()) {
            // Whatever it throws, also an Error: later states are delivered all the same.
            try {
                call.run();
            } catch (Throwable thrown) {
                report("The watcher of a session failed", thrown);
            }
        }
    }

    private @Nullable Runnable nextCall() {
        Runnable call;
        synchronized (this) {
            if (!closed && next != null) {
                StoredSession stored = next;
                next = null;
                return () -> change(stored);
            }
            running = false;
            if (closed || last == null) {
                return null;
            }
            call = last;
        }
        close();
        return call;
    }

    private void change(StoredSession stored) {
        S session;
        try {
            session = copies.apply(stored);
        } catch (RuntimeException unreadable) {
            close();
            watcher.onFailure(unreadable);
            return;
        }
        watcher.onChange(session);
    }

    @Override
    public void close() {
        Runnable action;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            action = onClose;
        }
        action.run();
    }

    private void report(String activity, Throwable thrown) {
        events.report(new SessionTrackerError(activity, address.type(), address.key(), thrown));
    }
}
