package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.KeyStateTransitions.Outcome;

/**
 * What claims and acknowledgements of expired sessions make of a key's state at a moment. Pure, as {@link KeyStateTransitions}.
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
    public Outcome<List<SessionSweep.Expired>> claim(String key, int limit, long leaseMillis) {
        List<ExpiredSession> next = new ArrayList<>();
        List<SessionSweep.Expired> claimed = new ArrayList<>();
        for (ExpiredSession each : state.expired()) {
            boolean free = each.claimedUntil() <= now && claimed.size() < limit;
            ExpiredSession current = free ? each.claimed(now + leaseMillis) : each;
            next.add(current);
            if (free) {
                SessionEntry entry = each.entry().loaded(each.part());
                claimed.add(new SessionSweep.Expired(
                        key, entry.session(), entry.deadline().at(), current.attempts()));
            }
        }
        return new Outcome<>(claimed.isEmpty() ? state : state.withExpired(next), claimed);
    }

    /** Removes an expired session, and answers whether it was there. */
    public Outcome<Boolean> acknowledgeExpired(String id) {
        KeyState next = state.withoutExpired(id);
        return new Outcome<>(next, next != state);
    }
}
