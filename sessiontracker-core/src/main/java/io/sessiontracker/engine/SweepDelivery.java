package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionSweep;
import org.jspecify.annotations.Nullable;

/**
 * Claims and delivers a type's expired sessions or reminders, until there are no more. What was claimed and not acknowledged, because
 * the process died or a listener threw, is claimed again when the lease has ended.
 */
final class SweepDelivery<S extends Session> {

    /** How many deliveries are acknowledged by one call. */
    private static final int ACKNOWLEDGED_AT_ONCE = 25;

    private final DeliveryKind kind;
    private final SessionTypeInfo<S> info;
    private final SessionDataProvider store;
    private final StoreReplyMapper replies;
    private final SessionEvents events;
    private final SweepSettings settings;
    private final SessionInstrumentation instrumentation;
    private final BooleanSupplier stopped;
    private CompletionStage<Void> acknowledged = CompletableFuture.completedStage(null);
    private @Nullable RuntimeException unacknowledged;

    SweepDelivery(
            DeliveryKind kind,
            SessionTypeInfo<S> info,
            SessionDataProvider store,
            StoreReplyMapper replies,
            SessionEvents events,
            SweepSettings settings,
            SessionInstrumentation instrumentation,
            BooleanSupplier stopped) {
        this.kind = kind;
        this.info = info;
        this.store = store;
        this.replies = replies;
        this.events = events;
        this.settings = settings;
        this.instrumentation = instrumentation;
        this.stopped = stopped;
    }

    /**
     * Delivers all. While a batch is delivered the next is claimed, if delivery is fast enough to leave it most of its lease.
     *
     * @param mayGoOn asked after each claim; else the next sweep delivers the rest
     */
    void run(BooleanSupplier mayGoOn, AtomicInteger delivered) {
        SessionSweep sweep = kind.claim(info.name(), settings);
        CompletionStage<SessionSweep.Reply> ahead = null;
        boolean more = true;
        boolean fast = false;
        while (more && !stopped.getAsBoolean()) {
            SessionSweep.Reply reply = Futures.join(ahead == null ? store.sweep(sweep) : ahead);
            sweep = sweep.from(reply.next());
            more = reply.more() && mayGoOn.getAsBoolean();
            ahead = more && fast && !stopped.getAsBoolean() ? store.sweep(sweep) : null;
            long start = System.nanoTime();
            reply.unreadable().forEach(this::reportUnreadable);
            deliver(reply.claimed(), delivered);
            fast = System.nanoTime() - start < settings.lease().toNanos() / 10;
        }
        if (ahead != null) {
            // The store may be closed after the sweep was stopped. Others get this batch when its lease ends.
            Futures.join(ahead);
        }
        if (unacknowledged != null) {
            throw unacknowledged;
        }
    }

    /**
     * Delivers one after the other, and acknowledges some at a time, without waiting for the reply before the next. So a process that
     * dies leaves no more than twice that many to be delivered again.
     */
    private void deliver(List<SessionSweep.Claimed> claimed, AtomicInteger delivered) {
        int count = 0;
        List<SessionSweep.Claimed> done = new ArrayList<>();
        for (Iterator<SessionSweep.Claimed> each = claimed.iterator(); each.hasNext() && !stopped.getAsBoolean(); ) {
            SessionSweep.Claimed next = each.next();
            boolean taken = deliver(next);
            count += taken ? 1 : 0;
            if (taken || isLast(next)) {
                done.add(next);
            }
            if (!taken && isLast(next)) {
                reportUndelivered(next);
            }
            if (done.size() == ACKNOWLEDGED_AT_ONCE) {
                awaitAcknowledgement();
                acknowledged = kind.acknowledge(store, info.name(), done);
                done = new ArrayList<>();
            }
        }
        awaitAcknowledgement();
        acknowledged = kind.acknowledge(store, info.name(), done);
        awaitAcknowledgement();
        // What could not be acknowledged is delivered again, and counts then.
        delivered.addAndGet(unacknowledged == null ? count : 0);
    }

    /** Keeps a failure for later: the sessions that follow are claimed as well, and are delivered all the same. */
    private void awaitAcknowledgement() {
        try {
            Futures.join(acknowledged);
        } catch (RuntimeException failed) {
            unacknowledged = failed;
        } finally {
            acknowledged = CompletableFuture.completedStage(null);
        }
    }

    private boolean deliver(SessionSweep.Claimed claimed) {
        if (claimed.attempt() > 1) {
            kind.notifyRedelivered(instrumentation, info.name());
        }
        boolean taken = publish(claimed);
        if (taken) {
            kind.notifyDelivered(instrumentation, info.name());
        }
        return taken;
    }

    private boolean isLast(SessionSweep.Claimed claimed) {
        return claimed.attempt() >= settings.attempts();
    }

    private boolean publish(SessionSweep.Claimed claimed) {
        try {
            S session = replies.copy(info.address(claimed.key()), info, kind.session(claimed));
            return events.deliver(info.type(), kind.event(info.name(), claimed, session));
        } catch (RuntimeException | Error unreadable) {
            reportUnreadable(claimed.key(), unreadable);
            return false;
        }
    }

    /** Reports a session that stays in the store, and so is found again: not more often than it would be delivered. */
    private void reportUnreadable(SessionSweep.Unreadable unreadable) {
        if (unreadable.attempt() <= settings.attempts()) {
            reportUnreadable(unreadable.key(), unreadable.cause());
        }
    }

    private void reportUnreadable(String key, Throwable cause) {
        report(kind.session() + " cannot be read", key, cause);
    }

    private void reportUndelivered(SessionSweep.Claimed claimed) {
        report(
                kind.delivered() + " is not delivered again",
                claimed.key(),
                new IllegalStateException("It could not be delivered in " + claimed.attempt() + " attempts"));
    }

    private void report(String activity, String key, Throwable cause) {
        events.report(new SessionTrackerError(activity, info.name(), key, cause));
    }
}
