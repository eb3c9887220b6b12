package io.sessiontracker.benchmarks.simulation;

/** What has a channel of its own, on which its changes are published. */
enum Channels {
    NAMESPACE,
    TYPE,
    BUCKET
}
