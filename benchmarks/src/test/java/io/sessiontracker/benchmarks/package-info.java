/**
 * Measures SessionTracker against the alternatives, on one server, with the same state, in turns. Contains the command line and
 * the plan; the rest is in the packages below.
 */
@NullMarked
package io.sessiontracker.benchmarks;

import org.jspecify.annotations.NullMarked;
