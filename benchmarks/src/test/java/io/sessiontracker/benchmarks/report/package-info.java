/** Turns what was measured into Markdown, and holds it to the goals. */
@NullMarked
package io.sessiontracker.benchmarks.report;

import org.jspecify.annotations.NullMarked;
