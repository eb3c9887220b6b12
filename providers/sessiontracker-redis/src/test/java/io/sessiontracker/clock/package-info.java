/** A process whose clock is wrong. */
@NullMarked
package io.sessiontracker.clock;

import org.jspecify.annotations.NullMarked;
