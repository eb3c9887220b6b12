package io.sessiontracker.benchmarks.measure;

/**
 * What a session takes in Redis.
 *
 * @param used of the server's memory, all told
 * @param own in keys that have the session's name in them, by themselves
 * @param index in other keys, by themselves
 */
public record MemoryCost(double used, double own, double index) {}
