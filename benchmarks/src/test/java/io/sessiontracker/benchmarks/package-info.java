/**
 * Measures SessionTracker against what its users would pick instead: all on one server, with the same state, in turns. The
 * command line and what to measure; the rest is in the packages below.
 */
@NullMarked
package io.sessiontracker.benchmarks;

import org.jspecify.annotations.NullMarked;
