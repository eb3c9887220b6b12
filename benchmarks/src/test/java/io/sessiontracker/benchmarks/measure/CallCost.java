package io.sessiontracker.benchmarks.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one call costs.
 *
 * @param commands the names of the commands and how often each was sent; each is a wait, unless they were sent in a pipeline
 * @param roundTrips the number of commands
 * @param micros how long the caller waited
 * @param serverMicros how long the server took for the commands, by its own statistics
 * @param allocated bytes allocated in this JVM, by all threads
 */
public record CallCost(
        String commands,
        double roundTrips,
        double bytesIn,
        double bytesOut,
        double micros,
        double serverMicros,
        double allocated) {

    /** Returns the median of each figure; the commands are the same each time. */
    static CallCost median(List<CallCost> turns) {
        return new CallCost(
                turns.get(0).commands(),
                median(turns, CallCost::roundTrips),
                median(turns, CallCost::bytesIn),
                median(turns, CallCost::bytesOut),
                median(turns, CallCost::micros),
                median(turns, CallCost::serverMicros),
                median(turns, CallCost::allocated));
    }

    private static double median(List<CallCost> turns, ToDoubleFunction<CallCost> figure) {
        return Samples.median(turns.stream().map(figure::applyAsDouble).toList());
    }
}
