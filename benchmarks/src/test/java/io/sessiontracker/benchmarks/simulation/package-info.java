/**
 * What more instances and more sessions than fit on one machine would do: the measured costs of a Redis server's work, a model of its
 * capacity from these, and a simulation of many instances in virtual time. {@code docs/scaling.md} shows the results.
 */
@NullMarked
package io.sessiontracker.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
