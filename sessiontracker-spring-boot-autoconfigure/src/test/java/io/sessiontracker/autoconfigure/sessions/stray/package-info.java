/** A class that is annotated, and no session. */
@NullMarked
package io.sessiontracker.autoconfigure.sessions.stray;

import org.jspecify.annotations.NullMarked;
