package io.sessiontracker.filter;

import java.util.Random;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.fail;

/** Runs a law with one random source after the other. A failure names its seed, and that seed alone repeats it. */
final class RandomRuns {

    private static final String SEED = "sessiontracker.test.seed";

    private RandomRuns() {}

    static void check(int runs, Consumer<Random> law) {
        Long replayed = Long.getLong(SEED);
        if (replayed != null) {
            run(replayed, law);
            return;
        }
        long first = new Random().nextLong();
        for (int i = 0; i < runs; i++) {
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
