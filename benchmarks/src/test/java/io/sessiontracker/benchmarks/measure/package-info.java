/**
 * How it is measured: throughput by JMH in turns, and what single calls cost the wire, the server and the heap. Nothing here
 * judges; that is the report's.
 */
@NullMarked
package io.sessiontracker.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
