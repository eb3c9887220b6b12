package io.sessiontracker.benchmarks.measure;

import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.Work;

/** What is measured again in each round. */
public record BenchmarkCase(String contestant, Work work, int threads, Payload payload) {

    /** Another contestant, or another work, in the same circumstances. */
    public BenchmarkCase at(String otherContestant, Work otherWork) {
        return new BenchmarkCase(otherContestant, otherWork, threads, payload);
    }
}
