/** The application's session classes: found at start-up, or ahead of time for a native image. */
@NullMarked
package io.sessiontracker.autoconfigure.types;

import org.jspecify.annotations.NullMarked;
