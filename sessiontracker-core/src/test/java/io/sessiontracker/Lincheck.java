package io.sessiontracker;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs the operations of a class in several threads and checks that their results have a sequential order. A build tries little;
 * {@code -Dsessiontracker.test.lincheck=20} tries twenty times as many scenarios.
 */
public final class Lincheck {

    /** The JUnit tag of these tests, which have a JVM of their own. */
    public static final String TAG = "lincheck";

    private static final int FACTOR = Integer.getInteger("sessiontracker.test.lincheck", 1);
    private static final int MODEL_SCENARIOS = 4;
    private static final int MODEL_INTERLEAVINGS = 50;
    private static final int STRESS_SCENARIOS = 5;
    private static final int STRESS_RUNS = 1_000;
    private static final int OPERATIONS = 3;

    private Lincheck() {}

    /** Explores interleavings of two threads. The operations must neither start a thread nor wait for one. */
    public static void modelCheck(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(MODEL_SCENARIOS * FACTOR)
                .invocationsPerIteration(MODEL_INTERLEAVINGS)
                .threads(2)
                .actorsPerThread(OPERATIONS)
                .check(operations);
    }

    /** Explores the interleavings of the threads that a test starts itself. */
    public static void modelCheck(Runnable test) {
        org.jetbrains.lincheck.Lincheck.runConcurrentTest(MODEL_SCENARIOS * MODEL_INTERLEAVINGS * FACTOR, test);
    }

    /** Runs random scenarios in three real threads. One that hangs is a failure, too slow to be made shorter. */
    public static void stress(Class<?> operations) {
        new StressOptions()
                .iterations(STRESS_SCENARIOS * FACTOR)
                .invocationsPerIteration(STRESS_RUNS)
                .threads(3)
                .actorsPerThread(OPERATIONS)
                .minimizeFailedScenario(false)
                .check(operations);
    }
}
