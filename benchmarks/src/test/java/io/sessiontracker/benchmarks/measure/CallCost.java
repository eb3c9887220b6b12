package io.sessiontracker.benchmarks.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one call costs.
 *
 * @param commands what was sent, its names with how often; each is a wait, unless it was sent in a pipeline
 * @param roundTrips how many commands that was
 * @param micros what the caller waited
 * @param serverMicros what the server took to carry them out, by its own account
 * @param allocated bytes on this JVM's heap, by all threads
 */
public record CallCost(
        String commands,
        double roundTrips,
        double bytesIn,
        double bytesOut,
        double micros,
        double serverMicros,
        double allocated) {

    /** Each figure's median; what was sent is the same each time. */
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
