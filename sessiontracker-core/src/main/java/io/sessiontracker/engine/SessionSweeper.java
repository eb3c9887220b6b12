package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;

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
        int told = 0;
        try {
            SessionTypeInfo<S> info = types.of(type);
            int batch = events.anyWants(SessionExpired.class, type) ? settings.batchSize() : 0;
            SessionSweep sweep =
                    new SessionSweep(info.name(), batch, settings.lease().toMillis(), share.toMillis());
            boolean more = true;
            while (more && !stopped) {
                SessionSweep.Reply reply = Stages.join(store.sweep(sweep));
                for (SessionSweep.Expired expired : reply.claimed()) {
                    told += !stopped && tell(info, expired) ? 1 : 0;
                }
                more = reply.more();
            }
            instrumentation.swept(info.name(), null);
        } catch (RuntimeException failed) {
            instrumentation.swept(types.nameOf(type), failed);
            report("A sweep failed", types.nameOf(type), null, failed);
        }
        return told;
    }

    private <S extends Session> boolean tell(SessionTypeInfo<S> info, SessionSweep.Expired expired) {
        SessionAddress address = info.address(expired.key());
        if (expired.attempt() > 1) {
            instrumentation.expiryClaimedAgain(address.type());
        }
        boolean taken = publish(info, address, expired);
        if (taken || expired.attempt() >= settings.attempts()) {
            Stages.join(store.told(address, expired.session().version().id()));
        }
        if (taken) {
            instrumentation.expiryTold(address.type());
        }
        if (!taken && expired.attempt() >= settings.attempts()) {
            report(
                    "An expired session is not told again",
                    address.type(),
                    address.key(),
                    new IllegalStateException("It could not be told in " + expired.attempt() + " attempts"));
        }
        return taken;
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
