package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionSweep;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sessions whose time has run out, and clears away what is left of others. What it has claimed and not told, because
 * it died or a listener threw, is claimed again when the lease has run out.
 */
final class SessionSweeper {

    /** How many sessions may be told before the store has confirmed the first. */
    private static final int UNSETTLED = 32;

    private final SessionTypes types;
    private final HandedOverStore store;
    private final Replies replies;
    private final SessionEvents events;
    private final SweepSettings settings;
    private volatile boolean stopped;

    SessionSweeper(
            SessionTypes types, HandedOverStore store, Replies replies, SessionEvents events, SweepSettings settings) {
        this.types = types;
        this.store = store;
        this.replies = replies;
        this.events = events;
        this.settings = settings;
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
                told += tell(info, reply.claimed());
                more = reply.more();
                sweep = sweep.from(reply.next());
            }
        } catch (RuntimeException failed) {
            report("A sweep failed", types.nameOf(type), null, failed);
        }
        return told;
    }

    /**
     * Tells one after the other, and says so to the store without waiting for its reply before the next. So a process that dies
     * leaves some to be told again that were told already, but no more than these.
     */
    private <S extends Session> int tell(SessionTypeInfo<S> info, List<SessionSweep.Expired> claimed) {
        int told = 0;
        Deque<CompletionStage<Void>> settled = new ArrayDeque<>();
        for (SessionSweep.Expired expired : claimed) {
            if (stopped) {
                break;
            }
            boolean taken = publish(info, info.address(expired.key()), expired);
            told += taken ? 1 : 0;
            if (taken || isLast(expired)) {
                settled.add(store.direct()
                        .told(
                                info.address(expired.key()),
                                expired.session().version().id()));
            }
            if (!taken && isLast(expired)) {
                reportUntold(info, expired);
            }
            if (settled.size() > UNSETTLED) {
                Stages.join(settled.remove());
            }
        }
        settled.forEach(Stages::join);
        return told;
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
