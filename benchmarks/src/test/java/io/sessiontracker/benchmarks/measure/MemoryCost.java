package io.sessiontracker.benchmarks.measure;

/**
 * The memory of a session in Redis.
 *
 * @param used growth of the server's memory
 * @param own size of the keys that contain the session's name
 * @param index growth of other keys
 */
public record MemoryCost(double used, double own, double index) {}
