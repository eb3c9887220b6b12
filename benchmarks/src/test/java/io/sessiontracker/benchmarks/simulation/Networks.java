package io.sessiontracker.benchmarks.simulation;

/** What the simulation assumes, and was not measured. */
final class Networks {

    /** A round trip within a data centre. */
    static final double ROUND_TRIP_MICROS = 200;

    private Networks() {}
}
