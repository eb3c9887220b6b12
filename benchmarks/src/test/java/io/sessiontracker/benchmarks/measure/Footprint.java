package io.sessiontracker.benchmarks.measure;

/**
 * What sessions, their locks and those that wait for one add to a process.
 *
 * @param sessions how many are running and locked
 * @param waiters how many threads of the caller wait for a lock
 * @param threads how many threads more there are, without the callers
 * @param connections how many connections more the server has
 */
public record Footprint(int sessions, int waiters, long threads, long connections) {}
