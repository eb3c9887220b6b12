package io.sessiontracker.benchmarks.measure;

import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.Work;

/** What is measured again in each round. */
public record Cell(String contestant, Work work, int threads, Payload payload) {

    /** Another contestant, or another work, in the same circumstances. */
    public Cell at(String otherContestant, Work otherWork) {
        return new Cell(otherContestant, otherWork, threads, payload);
    }
}
