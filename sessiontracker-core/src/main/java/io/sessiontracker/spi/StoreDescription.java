package io.sessiontracker.spi;

/**
 * What a store is, as far as the engine or an operator has to know.
 *
 * @param blocking whether a call may block its thread until the store has answered. The engine then makes the calls of the async
 *     and reactive APIs on threads of its own
 * @param concurrentCalls how many calls of the async and reactive APIs the engine makes at once on a store that blocks; the others wait
 *     for their turn. For a store with a pool of connections it is the pool's size
 * @param maxPayload the largest payload in bytes that the store takes. The engine refuses a larger one before anything is sent
 * @param estimatedClock whether deadlines go by a clock that each process estimates, because the store has none: deadlines are then
 *     as exact as the processes' estimates agree. Shown at start-up and by Actuator
 * @param eventualIndexes whether counts and scans may miss the latest changes. Shown at start-up and by Actuator
 * @param maxIndexedProperties how many indexed properties a type may have. No tracker is built with settings that have more
 */
public record StoreDescription(
        boolean blocking,
        int concurrentCalls,
        int maxPayload,
        boolean estimatedClock,
        boolean eventualIndexes,
        int maxIndexedProperties) {

    /**
     * A store whose calls never block, that takes payloads of any size, goes by a clock of its own, and counts and scans what is
     * stored at that moment.
     */
    public static final StoreDescription DEFAULT =
            new StoreDescription(false, Integer.MAX_VALUE, Integer.MAX_VALUE, false, false, Integer.MAX_VALUE);

    /** Checks the numbers. */
    public StoreDescription {
        if (concurrentCalls < 1) {
            throw new IllegalArgumentException("concurrentCalls must be positive; it is " + concurrentCalls);
        }
        if (maxPayload < 1) {
            throw new IllegalArgumentException("maxPayload must be positive; it is " + maxPayload);
        }
        if (maxIndexedProperties < 0) {
            throw new IllegalArgumentException(
                    "maxIndexedProperties must not be negative; it is " + maxIndexedProperties);
        }
    }

    /** Returns this of a store whose calls may block. */
    public StoreDescription withBlocking() {
        return new StoreDescription(
                true, concurrentCalls, maxPayload, estimatedClock, eventualIndexes, maxIndexedProperties);
    }

    /** Returns this of a store that is to be called so many times at once by the async and reactive APIs. */
    public StoreDescription withConcurrentCalls(int calls) {
        return new StoreDescription(blocking, calls, maxPayload, estimatedClock, eventualIndexes, maxIndexedProperties);
    }

    /** Returns this of a store that takes payloads up to that size. */
    public StoreDescription withMaxPayload(int bytes) {
        return new StoreDescription(
                blocking, concurrentCalls, bytes, estimatedClock, eventualIndexes, maxIndexedProperties);
    }

    /** Returns this of a store without a clock. */
    public StoreDescription withEstimatedClock() {
        return new StoreDescription(blocking, concurrentCalls, maxPayload, true, eventualIndexes, maxIndexedProperties);
    }

    /** Returns this of a store whose counts and scans may miss the latest changes. */
    public StoreDescription withEventualIndexes() {
        return new StoreDescription(blocking, concurrentCalls, maxPayload, estimatedClock, true, maxIndexedProperties);
    }

    /** Returns this of a store with a limit of indexed properties. */
    public StoreDescription withMaxIndexedProperties(int properties) {
        return new StoreDescription(blocking, concurrentCalls, maxPayload, estimatedClock, eventualIndexes, properties);
    }
}
