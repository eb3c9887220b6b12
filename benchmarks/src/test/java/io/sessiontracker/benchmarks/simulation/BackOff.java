package io.sessiontracker.benchmarks.simulation;

import java.util.Random;

/** What {@code engine.Contention} does, in virtual time; {@code BackOffTest} holds it to that. */
final class BackOff {

    private final Random random;
    private int level;

    BackOff(Random random) {
        this.random = random;
    }

    void lost() {
        level = Math.min(level + 1, ProductConstants.MAX_CONTENTION);
    }

    void won() {
        level = Math.max(level - 1, 0);
    }

    boolean isNone() {
        return level == 0;
    }

    int level() {
        return level;
    }

    /** Returns the nanoseconds before the next attempt. */
    long nanos() {
        return level == 0 ? 0 : (long) (random.nextDouble() * (ProductConstants.SHORTEST_BACK_OFF << (level - 1)));
    }
}
