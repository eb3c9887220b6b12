/** Formats the measurements as Markdown and compares them with the goals. */
@NullMarked
package io.sessiontracker.benchmarks.report;

import org.jspecify.annotations.NullMarked;
