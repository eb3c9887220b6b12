package io.sessiontracker.benchmarks.measure;

/**
 * What one call costs.
 *
 * @param commands what was sent, its names with how often; each is a wait, unless it was sent in a pipeline
 * @param roundTrips how many commands that was
 * @param micros what the caller waited, on average
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
        double allocated) {}
