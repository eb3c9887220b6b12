/** Who is measured, and the work that each does. A new contestant is an implementation and a line in {@code Candidates}. */
@NullMarked
package io.sessiontracker.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
