package io.sessiontracker.benchmarks.simulation;

import java.util.Arrays;

/** Many durations, and which part of them is how long. */
final class Latencies {

    private long[] nanos = new long[1_024];
    private int size;

    void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    int size() {
        return size;
    }

    /** Returns milliseconds that this part of the durations does not exceed; 1 for the longest, 0 if there are none. */
    double millis(double part) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(part * size) - 1)] / 1e6;
    }
}
