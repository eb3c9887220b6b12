/** The candidates and the works. A new candidate is an implementation and a line in {@code Candidates}. */
@NullMarked
package io.sessiontracker.benchmarks.candidate;

import org.jspecify.annotations.NullMarked;
