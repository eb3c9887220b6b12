package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionSweep;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sessions whose time has run out, and clears away what is left of others. What it has claimed and not told, because
 * it died or a listener threw, is claimed again when the lease has run out.
 */
final class SessionSweeper {

    /** After how many sessions the store is told that they were told. */
    private static final int SETTLED_AT_ONCE = 25;

    private final SessionTypes types;
    private final SessionDataProvider store;
    private final Replies replies;
    private final SessionEvents events;
    private final SweepSettings settings;
    private final SessionInstrumentation instrumentation;
    private volatile boolean stopped;

    SessionSweeper(
            SessionTypes types,
            SessionDataProvider store,
            Replies replies,
            SessionEvents events,
            SweepSettings settings,
            SessionInstrumentation instrumentation) {
        this.types = types;
        this.store = store;
        this.replies = replies;
        this.events = events;
        this.settings = settings;
        this.instrumentation = instrumentation;
    }

    /** All that is due now, whoever else sweeps. */
    int sweepNow() {
        return sweep(Duration.ZERO);
    }

    /** This process's share. A type whose sweep fails does not keep another from being swept. */
    int sweepShared() {
        return sweep(settings.interval());
    }

    /** Sweeps again after a {@link #stop}. */
    void start() {
        stopped = false;
    }

    /** Lets a sweep that is under way end after the session that it is telling; the next ones do nothing. */
    void stop() {
        stopped = true;
    }

    private int sweep(Duration share) {
        int told = 0;
        for (Class<? extends Session> type : types.known()) {
            told += sweep(type, share);
        }
        return told;
    }

    private <S extends Session> int sweep(Class<S> type, Duration share) {
        AtomicInteger told = new AtomicInteger();
        try {
            SessionTypeInfo<S> info = types.of(type);
            int batch = events.anyWants(SessionExpired.class, type) ? settings.batchSize() : 0;
            SessionSweep sweep =
                    new SessionSweep(info.name(), batch, settings.lease().toMillis(), share.toMillis());
            sweep(info, sweep, told);
            instrumentation.swept(info.name(), null);
        } catch (RuntimeException failed) {
            instrumentation.swept(types.nameOf(type), failed);
            report("A sweep failed", types.nameOf(type), null, failed);
        }
        return told.get();
    }

    /** While a batch is told the next is claimed, if telling goes fast enough to leave it most of its lease. */
    private <S extends Session> void sweep(SessionTypeInfo<S> info, SessionSweep first, AtomicInteger told) {
        SessionSweep sweep = first;
        CompletionStage<SessionSweep.Reply> ahead = null;
        boolean more = true;
        boolean fast = false;
        while (more && !stopped) {
            SessionSweep.Reply reply = Stages.join(ahead == null ? store.sweep(sweep) : ahead);
            sweep = sweep.from(reply.next());
            more = reply.more();
            ahead = more && fast && !stopped ? store.sweep(sweep) : null;
            long start = System.nanoTime();
            told.addAndGet(tell(info, reply.claimed()));
            fast = System.nanoTime() - start < settings.lease().toNanos() / 10;
        }
        if (ahead != null) {
            // Whoever stopped the sweep may close the store next. Others get this batch when its lease has run out.
            Stages.join(ahead);
        }
    }

    /**
     * Tells one after the other, and says so to the store some at a time, without waiting for its reply before the next. So a
     * process that dies leaves some to be told again that were told already, but no more than twice that many.
     */
    private <S extends Session> int tell(SessionTypeInfo<S> info, List<SessionSweep.Expired> claimed) {
        int told = 0;
        List<SessionSweep.Expired> done = new ArrayList<>();
        CompletionStage<Void> settled = CompletableFuture.completedStage(null);
        for (Iterator<SessionSweep.Expired> each = claimed.iterator(); each.hasNext() && !stopped; ) {
            SessionSweep.Expired expired = each.next();
            boolean taken = tell(info, expired);
            told += taken ? 1 : 0;
            if (taken || isLast(expired)) {
                done.add(expired);
            }
            if (!taken && isLast(expired)) {
                reportUntold(info, expired);
            }
            if (done.size() == SETTLED_AT_ONCE) {
                Stages.join(settled);
                settled = store.told(info.name(), done);
                done = new ArrayList<>();
            }
        }
        Stages.join(settled);
        Stages.join(store.told(info.name(), done));
        return told;
    }

    private <S extends Session> boolean tell(SessionTypeInfo<S> info, SessionSweep.Expired expired) {
        if (expired.attempt() > 1) {
            instrumentation.expiryClaimedAgain(info.name());
        }
        boolean taken = publish(info, info.address(expired.key()), expired);
        if (taken) {
            instrumentation.expiryTold(info.name());
        }
        return taken;
    }

    private boolean isLast(SessionSweep.Expired expired) {
        return expired.attempt() >= settings.attempts();
    }

    private void reportUntold(SessionTypeInfo<?> info, SessionSweep.Expired expired) {
        report(
                "An expired session is not told again",
                info.name(),
                expired.key(),
                new IllegalStateException("It could not be told in " + expired.attempt() + " attempts"));
    }

    private <S extends Session> boolean publish(
            SessionTypeInfo<S> info, SessionAddress address, SessionSweep.Expired expired) {
        try {
            S session = replies.copy(address, info.type(), expired.session());
            return events.tell(
                    info.type(),
                    new SessionExpired<>(
                            session.getId() + ".expired",
                            address.type(),
                            address.key(),
                            Instant.ofEpochMilli(expired.deadline()),
                            session));
        } catch (RuntimeException | Error unreadable) {
            report("An expired session cannot be read", address.type(), address.key(), unreadable);
            return false;
        }
    }

    private void report(String activity, String type, @Nullable String key, Throwable cause) {
        events.report(new SessionTrackerError(activity, type, key, cause));
    }
}
