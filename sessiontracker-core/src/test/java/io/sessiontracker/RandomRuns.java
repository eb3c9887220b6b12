package io.sessiontracker;

import java.util.Random;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.fail;

/**
 * Runs a law with one random source after the other. A failure names its seed, and that seed alone repeats it. A build tries few;
 * {@code -Dsessiontracker.test.random=100} tries a hundred times as many.
 */
public final class RandomRuns {

    private static final String SEED = "sessiontracker.test.seed";

    private static final int FACTOR = Integer.getInteger("sessiontracker.test.random", 1);

    private RandomRuns() {}

    /** Runs the law so many times, or more if the command line says so. */
    public static void check(int runs, Consumer<Random> law) {
        Long replayed = Long.getLong(SEED);
        if (replayed != null) {
            run(replayed, law);
            return;
        }
        long first = new Random().nextLong();
        for (int i = 0; i < runs * FACTOR; i++) {
            run(first + i, law);
        }
    }

    private static void run(long seed, Consumer<Random> law) {
        try {
            law.accept(new Random(seed));
        } catch (Throwable failure) {
            fail("repeat with -D%s=%d: %s".formatted(SEED, seed, failure), failure);
        }
    }
}
