/** Failure analyses: what is wrong with the configuration, and what to change. */
@NullMarked
package io.sessiontracker.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
