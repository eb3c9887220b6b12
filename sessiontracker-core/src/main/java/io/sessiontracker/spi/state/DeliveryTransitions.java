package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.KeyStateTransitions.Outcome;

/**
 * What claims and acknowledgements of expired sessions and of reminders make of a key's state at a moment. Pure, as {@link KeyStateTransitions}.
 *
 * @param state the state before the call, {@linkplain KeyState#prune pruned}
 * @param now the moment, by the store's clock
 */
public record DeliveryTransitions(KeyState state, long now) {

    /**
     * Claims expired sessions whose lease is over; needs their parts.
     *
     * @param key the key that this is the state of
     * @param limit how many to claim at the most
     */
    public Outcome<List<SessionSweep.Claimed>> claim(String key, int limit, long leaseMillis) {
        List<ExpiredSession> next = new ArrayList<>();
        List<SessionSweep.Claimed> claimed = new ArrayList<>();
        for (ExpiredSession each : state.expired()) {
            boolean free = each.claimedUntil() <= now && claimed.size() < limit;
            ExpiredSession current = free ? each.claimed(now + leaseMillis) : each;
            next.add(current);
            if (free) {
                SessionEntry entry = each.entry().loaded(each.part());
                claimed.add(new SessionSweep.Claimed(
                        key, entry.session(), entry.deadline().at(), current.attempts()));
            }
        }
        return new Outcome<>(claimed.isEmpty() ? state : state.withExpired(next), claimed);
    }

    /**
     * Claims the running session's reminders that are due and whose lease is over, in the order of their names.
     *
     * @param key the key that this is the state of
     * @param limit how many to claim at the most
     */
    public Outcome<List<SessionSweep.Claimed>> claimReminders(String key, int limit, long leaseMillis) {
        SessionEntry running = state.running();
        List<Reminder> next = new ArrayList<>();
        List<SessionSweep.Claimed> claimed = new ArrayList<>();
        for (Reminder each : state.reminders()) {
            if (running == null || each.next() > now || claimed.size() == limit) {
                next.add(each);
            } else if (each.dueAt(running.deadline()) > now) {
                next.add(each.waiting(running.deadline(), now));
            } else {
                Reminder current = each.claimed(now + leaseMillis);
                next.add(current);
                claimed.add(new SessionSweep.Claimed(
                        key, running.session(), each.dueAt(running.deadline()), current.attempts(), each.name()));
            }
        }
        return new Outcome<>(state.withReminders(next), claimed);
    }

    /** Ends the claim of a reminder of a session, and answers whether there was one. */
    public Outcome<Boolean> acknowledgeReminder(String id, String name, long dueAt) {
        SessionEntry running = state.running();
        if (running == null || !running.id().equals(id)) {
            return new Outcome<>(state, false);
        }
        List<Reminder> next = new ArrayList<>();
        for (Reminder each : state.reminders()) {
            if (!each.name().equals(name) || !each.isClaimedFor(dueAt)) {
                next.add(each);
            } else if (each.at() == 0) {
                next.add(each.delivered(dueAt, now));
            }
        }
        KeyState acknowledged = state.withReminders(next);
        return new Outcome<>(acknowledged, acknowledged != state);
    }

    /** Removes an expired session, and answers whether it was there. */
    public Outcome<Boolean> acknowledgeExpired(String id) {
        KeyState next = state.withoutExpired(id);
        return new Outcome<>(next, next != state);
    }
}
