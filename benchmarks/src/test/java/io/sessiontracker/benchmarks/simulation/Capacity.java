package io.sessiontracker.benchmarks.simulation;

import io.sessiontracker.engine.SweepSettings;

/**
 * What a Redis node has to do for an application: its calls by their measured costs, and its sessions by their memory.
 *
 * @param sessions running at the same time
 * @param lifetimeSeconds how long one runs on average: so many are started and finished
 * @param readsPerSecond with {@code get}
 * @param changesPerSecond with {@code modify}, each of them a read and a write
 * @param sweeping instances with a listener for expired sessions, each of which sweeps every ten seconds
 */
record Capacity(
        long sessions,
        double lifetimeSeconds,
        double readsPerSecond,
        double changesPerSecond,
        int sweeping,
        boolean queryable) {

    /** How much of its one processor a node should be busy with this at most: the rest is for peaks and for what is not modelled. */
    static final double USABLE = 0.5;

    double startsPerSecond() {
        return sessions / lifetimeSeconds;
    }

    /** Returns the part of a node's processor that is used; more than 1 if one node cannot do it. */
    double busy() {
        double transition = queryable
                ? MeasuredCosts.START + MeasuredCosts.FINISH
                : MeasuredCosts.START_NOT_QUERYABLE + MeasuredCosts.FINISH_NOT_QUERYABLE;
        double interval = SweepSettings.BUILT_IN.interval().toSeconds();
        return (readsPerSecond * MeasuredCosts.GET
                        + changesPerSecond * MeasuredCosts.CHANGE
                        + startsPerSecond() * transition
                        + sweeping / interval * (MeasuredCosts.IDLE_CLAIM + MeasuredCosts.PARTITION_CLAIM))
                / 1e6;
    }

    /** Returns how many nodes of a Cluster do it, each with an equal part of the buckets. */
    int nodes() {
        return (int) Math.ceil(busy() / USABLE);
    }

    double gigabytes() {
        return sessions * (queryable ? MeasuredCosts.MEMORY : MeasuredCosts.MEMORY_NOT_QUERYABLE) / 1e9;
    }

    /** Returns bytes per second in both directions. */
    double network() {
        return readsPerSecond * MeasuredCosts.GET_BYTES
                + changesPerSecond * MeasuredCosts.CHANGE_BYTES
                + startsPerSecond() * (MeasuredCosts.START_BYTES + MeasuredCosts.FINISH_BYTES);
    }

    /** Returns how often per second one node can do something that takes so many microseconds. */
    static double perSecond(double micros) {
        return USABLE * 1e6 / micros;
    }
}
