/**
 * Measures throughput in turns by JMH, and what single calls cost in bytes, server time and allocation. Judging the results is up
 * to the report.
 */
@NullMarked
package io.sessiontracker.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
