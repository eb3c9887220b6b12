package io.sessiontracker.benchmarks.simulation;

import java.lang.reflect.AccessibleObject;
import java.time.Duration;

/** Constants and rules of package-private classes, read from these themselves: so the simulation follows when they change. */
final class ProductConstants {

    /** How many parts of a type's indexes processes share out, to repair them. */
    static final int PARTITIONS = number("io.sessiontracker.redis.PartitionedSweep", "PARTITIONS");

    static final int PARTITIONS_AT_ONCE = number("io.sessiontracker.redis.PartitionedSweep", "CLAIMED_AT_ONCE");
    /** How many expired sessions a script claims. */
    static final int CLAIMED_BY_SCRIPT = number("io.sessiontracker.redis.ClaimedSessions", "BATCH");

    static final int ACKNOWLEDGED_AT_ONCE = number("io.sessiontracker.engine.SweepDelivery", "ACKNOWLEDGED_AT_ONCE");
    static final Duration LOCK_RETRY =
            (Duration) constant("io.sessiontracker.redis.lock.RedisSessionLockProvider", "RETRY_AFTER");
    static final long SHORTEST_BACK_OFF = (Long) constant("io.sessiontracker.engine.Contention", "SHORTEST");
    static final int MAX_CONTENTION = number("io.sessiontracker.engine.Contention", "MAX_LEVEL");
    /** The most calls that share a write. */
    static final int CALLS_OF_WRITE = number("io.sessiontracker.engine.ModifyBatch", "MAX_CALLS");

    private ProductConstants() {}

    /** Returns the nanoseconds from the end of a sweep to the next, as {@code SweepScheduler} does. */
    static long untilNextSweep(Duration interval, long taken) {
        try {
            var rule = type("io.sessiontracker.engine.SweepScheduler")
                    .getDeclaredMethod("pause", Duration.class, long.class);
            return (Long) open(rule).invoke(null, interval, taken);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    private static int number(String className, String name) {
        return (Integer) constant(className, name);
    }

    private static Object constant(String className, String name) {
        try {
            return open(type(className).getDeclaredField(name)).get(null);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    static Class<?> type(String className) throws ClassNotFoundException {
        return Class.forName(className);
    }

    static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }
}
