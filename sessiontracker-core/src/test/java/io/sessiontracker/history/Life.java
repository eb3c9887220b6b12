package io.sessiontracker.history;

import io.sessiontracker.spi.Lifetimes;

/**
 * Lifetimes in ticks.
 *
 * @param absolute 0 for none; if negative, not a lifetime but a moment: -3 for now, -5 for two ticks later, -1 for two ago
 * @param queryable whether the session is in the indexes, as the setting is at that moment; else there is no retention
 */
record Life(int absolute, int sliding, int retention, boolean queryable) {

    Life(int absolute, int sliding, int retention) {
        this(absolute, sliding, retention, true);
    }

    Lifetimes lifetimes(long now) {
        return new Lifetimes(
                        Math.max(0, Ticks.millis(absolute)),
                        absolute < 0 ? now + Ticks.millis(-absolute - 3) : 0,
                        Ticks.millis(sliding),
                        queryable ? Ticks.millis(retention) : 0)
                .withQueryable(queryable)
                .withAnnounced(isAnnounced());
    }

    /** As if at random, and the same at each shrinking. */
    private boolean isAnnounced() {
        return (absolute + sliding) % 2 != 0;
    }

    /** Returns those of a finished session, which is not kept for delivery. */
    Life withoutRetention() {
        return new Life(absolute, sliding, 0, queryable);
    }
}
