package io.sessiontracker.benchmarks.measure;

import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;

/** A combination that is measured in each round. */
public record BenchmarkCase(String candidate, Work work, int threads, Payload payload) {

    /** Returns the case of another candidate and work, otherwise the same. */
    public BenchmarkCase with(String otherCandidate, Work otherWork) {
        return new BenchmarkCase(otherCandidate, otherWork, threads, payload);
    }
}
