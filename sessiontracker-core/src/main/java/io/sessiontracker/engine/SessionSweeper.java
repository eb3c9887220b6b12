package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionSweep;

/**
 * Delivers expired sessions and reminders, and then repairs the indexes. A process with a listener looks for all of them in each of its
 * sweeps, whatever other processes do; only the repairs are shared with them.
 */
final class SessionSweeper {

    private final SessionTypes types;
    private final SessionDataProvider store;
    private final StoreReplyMapper replies;
    private final SessionEvents events;
    private final SweepSettings settings;
    private final SessionInstrumentation instrumentation;
    private final RepeatedFailures failures;
    private volatile boolean stopped;

    SessionSweeper(
            SessionTypes types,
            SessionDataProvider store,
            StoreReplyMapper replies,
            SessionEvents events,
            SweepSettings settings,
            SessionInstrumentation instrumentation) {
        this.types = types;
        this.store = store;
        this.replies = replies;
        this.events = events;
        this.settings = settings;
        this.instrumentation = instrumentation;
        this.failures = new RepeatedFailures();
    }

    /** Delivers all that is due and repairs all indexes, also where other processes sweep; returns how many expired sessions were delivered. */
    int sweepNow() {
        return sweep(Duration.ZERO);
    }

    /** Delivers all that is due, and does this process's share of the repairs; returns how many expired sessions were delivered. */
    int sweepShared() {
        return sweep(settings.interval());
    }

    /** Sweeps again after a {@link #stop}. */
    void start() {
        stopped = false;
    }

    /** Lets a sweep that is under way end after the session that it is delivering; the next ones do nothing. */
    void stop() {
        stopped = true;
    }

    /** Delivers for each type, at first what ends with its retention, and then repairs; a step that fails does not hold up the others. */
    private int sweep(Duration share) {
        long begun = System.nanoTime();
        AtomicInteger expired = new AtomicInteger();
        List<Class<? extends Session>> swept = new ArrayList<>(types.known());
        swept.removeIf(type -> !isDone(type, () -> deliver(DeliveryKind.EXPIRATION, type, () -> true, expired)));
        // Listeners may set reminders as fast as they are delivered.
        BooleanSupplier mayGoOn = () -> isTimeLeft(share.dividedBy(2), begun);
        for (Class<? extends Session> type : types.known()) {
            if (!isDone(type, () -> deliver(DeliveryKind.REMINDER, type, mayGoOn, new AtomicInteger()))) {
                swept.remove(type);
            }
        }
        // So that it is not always the same type for which no time is left.
        Collections.shuffle(swept);
        for (Class<? extends Session> type : swept) {
            if (isDone(type, () -> repair(type, share, begun))) {
                failures.ended(types.nameOf(type));
                instrumentation.swept(types.nameOf(type), null);
            }
        }
        return expired.get();
    }

    /** Returns whether a sweep that has so long may go on; without end if that is zero. */
    private static boolean isTimeLeft(Duration share, long begun) {
        return share.isZero() || System.nanoTime() - begun < share.toNanos();
    }

    private boolean isDone(Class<? extends Session> type, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException failed) {
            String name = types.nameOf(type);
            instrumentation.swept(name, failed);
            failures.failed(name, failed);
            events.notifyOf(new SessionTrackerError("A sweep failed", name, null, failed));
            return false;
        }
    }

    private <S extends Session> void deliver(
            DeliveryKind kind, Class<S> type, BooleanSupplier mayGoOn, AtomicInteger delivered) {
        if (events.anyWants(kind.event(), type)) {
            new SweepDelivery<>(kind, types.of(type), store, replies, events, settings, instrumentation, () -> stopped)
                    .run(mayGoOn, delivered);
        }
    }

    /** Repairs indexes. A share of that ends when it is time to look for expired sessions again. */
    private void repair(Class<? extends Session> type, Duration share, long begun) {
        SessionSweep repair = SessionSweep.repair(types.nameOf(type), share.toMillis());
        boolean more = true;
        while (more && !stopped && isTimeLeft(share, begun)) {
            SessionSweep.Reply reply = Futures.join(store.sweep(repair));
            repair = repair.from(reply.next());
            more = reply.more();
        }
    }
}
