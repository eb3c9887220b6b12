/** Who is measured, and the work that each does. A new contestant is an implementation and a line in {@code Contestants}. */
@NullMarked
package io.sessiontracker.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
