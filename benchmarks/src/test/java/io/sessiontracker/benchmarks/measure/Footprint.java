package io.sessiontracker.benchmarks.measure;

/**
 * The threads and connections that locks and their waiters add to a process.
 *
 * @param sessions the number of running and locked sessions
 * @param waiters the number of calling threads that wait for a lock
 * @param threads the number of additional threads, without the callers
 * @param connections the number of additional connections
 */
public record Footprint(int sessions, int waiters, long threads, long connections) {}
